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
final class NaiveOracle {
    /** How one task behaves when it runs, and what its questions and conditions come to. */
    record Behaviour(boolean fails, List<Answer> answers, Answer when, List<Answer> late) {}

    /** What became of a task. {@code why} is a skip's reason, or a failure's code. */
    record Fate(String state, String why, List<String> blockedBy) {}

    private static final Fate UNDECIDED = new Fate("failed", "condition_failed", List.of());

    private final Plan plan;
    private final Map<String, Behaviour> behaviours;
    private final Map<String, Fate> fates = new HashMap<>();

    private NaiveOracle(Plan plan, Map<String, Behaviour> behaviours) {
        this.plan = plan;
        this.behaviours = behaviours;
    }

    static Map<String, Fate> fates(Plan plan, Map<String, Behaviour> behaviours) {
        NaiveOracle oracle = new NaiveOracle(plan, behaviours);
        plan.root().nodes().forEach(node -> oracle.fate(node.id()));
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
        if (!node.edges().isEmpty() && !runs(node.rule(), live, failed, untaken)) {
            return !failed.isEmpty()
                    ? new Fate("skipped", "upstream_failure", List.copyOf(failed))
                    : node.rule() == TriggerRule.ANY_FAILED
                            ? new Fate("skipped", "rule_not_met", List.of())
                            : new Fate("skipped", "condition", List.copyOf(untaken));
        }
        if (own.when().error() != null && strict) {
            return UNDECIDED;
        }
        if (!own.when().isYes()) {
            return new Fate("skipped", "condition", List.of());
        }
        return own.fails() ? new Fate("failed", "execution_failed", List.of()) : new Fate("completed", "", List.of());
    }

    private Answer says(Edge edge, Behaviour target) {
        List<Answer> ofSource = requireNonNull(behaviours.get(edge.from())).answers();
        int asked = Math.max(edge.portQuestion(), edge.conditionQuestion());
        return asked >= 0
                ? ofSource.get(asked)
                : edge.lateCondition() >= 0 ? target.late().get(edge.lateCondition()) : Answer.YES;
    }

    private static boolean runs(
            TriggerRule rule, TreeSet<String> live, TreeSet<String> failed, TreeSet<String> untaken) {
        return switch (rule) {
            case NONE_FAILED -> failed.isEmpty() && !live.isEmpty();
            case ALL_SUCCESS -> failed.isEmpty() && untaken.isEmpty();
            case ANY_SUCCESS -> !live.isEmpty();
            case ANY_FAILED -> !failed.isEmpty();
            case ALL_DONE -> true;
        };
    }
}
