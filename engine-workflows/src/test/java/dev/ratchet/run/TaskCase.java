package dev.ratchet.run;

import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.plan.Policies.TriggerRule;
import dev.ratchet.testkit.Script;
import dev.ratchet.testkit.TaskBuilder;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One task of a generated run.
 *
 * @param failures how many attempts fail in a way that may be retried
 * @param attempts how many there may be
 * @param when the answer to its own condition; absent when it has none
 * @param estimate cents that are reserved for each attempt; -1 when it has no price
 * @param cost cents that each attempt really uses
 */
record TaskCase(
        String id,
        ExecutionMode mode,
        List<EdgeCase> edges,
        TriggerRule rule,
        boolean allowFailure,
        boolean fails,
        int failures,
        int attempts,
        @Nullable Answer when,
        @Nullable String group,
        boolean quick,
        int estimate,
        int cost) {
    /** What an edge says beyond its source's outcome. */
    record EdgeCase(String from, Kind kind, Answer answer) {
        enum Kind {
            PLAIN,
            PORT,
            CONDITION,
            LATE
        }

        void addTo(TaskBuilder task, String target) {
            switch (kind) {
                case PLAIN -> task.after(from);
                case PORT -> task.afterPort(from, "out-" + target);
                case CONDITION -> task.afterIf(from);
                case LATE -> task.afterIfLate(from);
            }
        }
    }

    /** A plain task after plain others. */
    static TaskCase plain(String id, List<EdgeCase> edges) {
        return new TaskCase(
                id,
                ExecutionMode.DISPATCHED,
                edges,
                TriggerRule.NONE_FAILED,
                false,
                false,
                0,
                1,
                null,
                null,
                false,
                -1,
                0);
    }

    void addTo(TaskBuilder task) {
        edges.forEach(edge -> edge.addTo(task, id));
        task.mode(mode).rule(rule).attempts(attempts);
        if (allowFailure) {
            task.allowFailure();
        }
        if (when != null) {
            task.conditional();
        }
        if (group != null) {
            task.group(group);
        }
        if (quick) {
            task.quick();
        }
    }

    boolean endsFailed() {
        return mode != ExecutionMode.PARKED && (fails || failures >= attempts);
    }

    /** How it behaves, given the answers to the questions of its out-edges. */
    Script script(List<Answer> answers) {
        Script script = mode == ExecutionMode.PARKED
                ? Script.waits(Duration.ofMillis(estimate < 0 ? 0 : estimate * 100L))
                : fails ? Script.fails() : Script.failsFirst(failures);
        if (!fails && mode != ExecutionMode.PARKED) {
            Script.Try[] tries = script.tries().toArray(new Script.Try[0]);
            tries[tries.length - 1] = new Script.Try.Completes(answers);
            script = script.tries(tries);
        }
        if (isPaid() && estimate >= 0) {
            script = script.estimated(cents(estimate)).costing(cents(cost));
        }
        return (when == null ? script : script.when(when)).late(late());
    }

    private Answer[] late() {
        return edges.stream()
                .filter(edge -> edge.kind() == EdgeCase.Kind.LATE)
                .map(EdgeCase::answer)
                .toArray(Answer[]::new);
    }

    private boolean isPaid() {
        return mode == ExecutionMode.PREPARED || mode == ExecutionMode.CHILD;
    }

    /** Cents that are set aside for each of its deliveries. */
    int reserves() {
        return isPaid() && estimate >= 0 ? estimate : 0;
    }

    static String cents(int amount) {
        return new java.math.BigDecimal(amount).movePointLeft(2).toPlainString();
    }

    TaskCase withEdges(List<EdgeCase> others) {
        return new TaskCase(
                id, mode, others, rule, allowFailure, fails, failures, attempts, when, group, quick, estimate, cost);
    }

    TaskCase withGroup(@Nullable String other) {
        return new TaskCase(
                id, mode, edges, rule, allowFailure, fails, failures, attempts, when, other, quick, estimate, cost);
    }

    TaskCase withoutPrice() {
        ExecutionMode cheap = mode == ExecutionMode.PREPARED ? ExecutionMode.DISPATCHED : mode;
        return new TaskCase(id, cheap, edges, rule, allowFailure, fails, failures, attempts, when, group, quick, -1, 0);
    }

    TaskCase withoutFailing() {
        return new TaskCase(id, mode, edges, rule, false, false, 0, 1, when, group, quick, estimate, cost);
    }

    TaskCase withoutCondition() {
        return new TaskCase(
                id, mode, edges, rule, allowFailure, fails, failures, attempts, null, group, quick, estimate, cost);
    }

    TaskCase withRule(TriggerRule other) {
        return new TaskCase(
                id, mode, edges, other, allowFailure, fails, failures, attempts, when, group, quick, estimate, cost);
    }
}
