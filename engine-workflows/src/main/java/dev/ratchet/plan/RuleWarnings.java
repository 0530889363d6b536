package dev.ratchet.plan;

import dev.ratchet.document.Pointers;
import dev.ratchet.document.RetryDocument;
import dev.ratchet.document.RunDocument;
import dev.ratchet.document.TaskDocument;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a sound document says that can have no effect. Bounded: a hundred are enough to see the point. */
final class RuleWarnings {
    private static final int LISTED = 100;

    private final RunDocument document;
    private final EffectivePolicy policy;
    private final Links links;
    private final List<Warning> warnings = new ArrayList<>();

    RuleWarnings(RunDocument document, EffectivePolicy policy, Links links) {
        this.document = document;
        this.policy = policy;
        this.links = links;
    }

    List<Warning> find(Order order) {
        checkRetry(document.policy().retry().retryOn(), "/policy/retry/retry_on");
        boolean[] tolerated = tolerated(order);
        if (isPointless(policy.rule()) && document.policy().choices().triggerRule() != null) {
            warn("/policy/trigger_rule", policy.rule(), "tasks with dependencies");
        }
        for (int i = 0; i < links.size() && warnings.size() < LISTED; i++) {
            TaskDocument task = links.task(i);
            checkRetry(task);
            checkRule(i, tolerated);
        }
        return warnings;
    }

    private void checkRetry(TaskDocument task) {
        RetryDocument retry = task.options().retry();
        if (retry != null && retry.retryOn() != null) {
            checkRetry(retry.retryOn(), task.at("retry") + "/retry_on");
        }
    }

    private void checkRetry(@Nullable List<String> codes, String pointer) {
        for (int i = 0; codes != null && i < codes.size(); i++) {
            if (RetryPolicy.NEVER.contains(codes.get(i))) {
                warnings.add(new Warning(
                        Pointers.element(pointer, i),
                        codes.get(i) + " is never retried: another attempt cannot mend it"));
            }
        }
    }

    private void checkRule(int index, boolean[] tolerated) {
        TaskDocument task = links.task(index);
        Policies.TriggerRule rule = policy.rule(task);
        boolean mayRun = rule == Policies.TriggerRule.ANY_FAILED && tolerated[index];
        if (task.options().triggerRule() != null && links.sources(index).length > 0 && isPointless(rule) && !mayRun) {
            warn(task.at("trigger_rule"), rule, "'" + task.id() + "'");
        }
    }

    private boolean isPointless(Policies.TriggerRule rule) {
        return policy.onFailure() == Policies.OnFailure.FAIL_FAST
                && (rule == Policies.TriggerRule.ANY_FAILED || rule == Policies.TriggerRule.ALL_DONE);
    }

    /** For each task, whether something upstream may fail without ending the run. */
    private boolean[] tolerated(Order order) {
        boolean[] tolerated = new boolean[links.size()];
        for (int task : order.placed()) {
            for (int source : links.sources(task)) {
                tolerated[task] |=
                        tolerated[source] || links.task(source).options().allowFailure();
            }
        }
        return tolerated;
    }

    private void warn(String pointer, Policies.TriggerRule rule, String who) {
        String wire = rule.name().toLowerCase(java.util.Locale.ROOT);
        warnings.add(new Warning(
                pointer,
                rule == Policies.TriggerRule.ANY_FAILED
                        ? "Under on_failure fail_fast a failure ends the run, so with " + wire + " " + who
                                + " can never run"
                        : "Under on_failure fail_fast a failure ends the run, so with " + wire + " " + who
                                + " will not run after one"));
    }
}
