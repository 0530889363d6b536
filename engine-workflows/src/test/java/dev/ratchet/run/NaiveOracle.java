package dev.ratchet.run;

import static java.util.Objects.requireNonNull;

import dev.ratchet.plan.Edge;
import dev.ratchet.plan.Node;
import dev.ratchet.plan.Plan;
import dev.ratchet.plan.Policies.OnConditionError;
import dev.ratchet.plan.Policies.TriggerRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What becomes of each task of a run in which everything that does not depend on a failure still runs: the contract's part 4,
 * written down a second time and as plainly as possible. Knows nothing of time, batches or workers.
 */
record NaiveOracle(Plan plan, Map<String, Behaviour> behaviours, Map<String, Fate> fates) {
    /** How one task behaves when it runs, and what its questions and conditions come to. */
    record Behaviour(boolean fails, List<Answer> answers, Answer when, List<Answer> late) {}

    /** What became of a task. {@code why} is a skip's reason, or a failure's code. */
    record Fate(String state, String why, List<String> blockedBy) {}

    private static final Fate UNDECIDED = new Fate("failed", "condition_failed", List.of());

    static Map<String, Fate> fates(Plan plan, Map<String, Behaviour> behaviours) {
        NaiveOracle oracle = new NaiveOracle(plan, behaviours, new HashMap<>());
        behaviours.keySet().forEach(oracle::fate);
        return oracle.fates;
    }

    private Fate fate(String id) {
        Fate known = fates.get(id);
        if (known == null) {
            known = decide(plan.root().node(plan.root().indexOf(id)));
            fates.put(id, known);
        }
        return known;
    }

    private Fate decide(Node node) {
        Behaviour own = requireNonNull(behaviours.get(node.id()));
        boolean strict = plan.policy().onConditionError() == OnConditionError.FAIL;
        TreeSet<String> failed = new TreeSet<>();
        TreeSet<String> untaken = new TreeSet<>();
        TreeSet<String> live = new TreeSet<>();
        for (Edge edge : node.edges()) {
            Fate source = fate(edge.from());
            if (source.state().equals("failed") || source.why().equals("upstream_failure")) {
                failed.add(edge.from());
            } else if (!source.state().equals("completed")) {
                untaken.add(edge.from());
            } else {
                Answer says = says(edge, own);
                if (says.error() != null && strict) {
                    return UNDECIDED;
                }
                (says.isYes() ? live : untaken).add(edge.from());
            }
        }
        if (!node.edges().isEmpty() && !runs(node.rule(), !live.isEmpty(), !failed.isEmpty(), !untaken.isEmpty())) {
            if (failed.isEmpty() && node.rule() == TriggerRule.ANY_FAILED) {
                return new Fate("skipped", "rule_not_met", List.of());
            }
            String why = failed.isEmpty() ? "condition" : "upstream_failure";
            return new Fate("skipped", why, List.copyOf(failed.isEmpty() ? untaken : failed));
        }
        if (!own.when().isYes()) {
            return own.when().error() != null && strict ? UNDECIDED : new Fate("skipped", "condition", List.of());
        }
        return own.fails() ? new Fate("failed", "execution_failed", List.of()) : new Fate("completed", "", List.of());
    }

    private Answer says(Edge edge, Behaviour target) {
        List<Answer> ofSource = requireNonNull(behaviours.get(edge.from())).answers();
        int asked = Math.max(edge.portQuestion(), edge.conditionQuestion());
        if (asked >= 0) {
            return ofSource.get(asked);
        }
        return edge.lateCondition() >= 0 ? target.late().get(edge.lateCondition()) : Answer.YES;
    }

    private static boolean runs(TriggerRule rule, boolean live, boolean failed, boolean untaken) {
        return switch (rule) {
            case NONE_FAILED -> !failed && live;
            case ALL_SUCCESS -> !failed && !untaken;
            case ANY_SUCCESS -> live;
            case ANY_FAILED -> failed;
            case ALL_DONE -> true;
        };
    }
}
