package dev.ratchet.run;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.plan.Policies.TriggerRule;
import dev.ratchet.testkit.Script;
import dev.ratchet.testkit.TaskBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One task of a drawn run, of any kind, and how it behaves. Plain values, so that it travels as JSON.
 *
 * @param failures how many attempts fail
 * @param retryable whether those may be tried again
 * @param where bits of the turns and items in which they fail; the root and turn 0 have the lowest
 * @param when the answer to its own condition; absent when it has none
 * @param estimate cents that are set aside for each attempt; -1 when it has no price
 * @param cost cents that each attempt uses
 * @param delayMs how long a timer takes, a person or an agent has, or a body may take; 0 when there is no limit
 * @param onDeadline what follows when nobody answered
 * @param body what it repeats
 */
record DrawnTask(
        String id,
        Kind kind,
        List<Dep> deps,
        TriggerRule rule,
        boolean allowFailure,
        int failures,
        boolean retryable,
        int where,
        int attempts,
        @Nullable Answer when,
        @Nullable String group,
        int estimate,
        int cost,
        long delayMs,
        Hold.OnDeadline onDeadline,
        @Nullable DrawnBody body) {
    /** More failures than there are attempts. */
    static final int ALWAYS = 99;

    enum Kind {
        PLAIN(ExecutionMode.DISPATCHED),
        QUICK(ExecutionMode.INLINE),
        PRICED(ExecutionMode.PREPARED),
        CHILD(ExecutionMode.CHILD),
        EXTERNAL(ExecutionMode.EXTERNAL),
        TIMER(ExecutionMode.TIMED),
        AGENT(ExecutionMode.PARKED),
        PERSON(ExecutionMode.PARKED),
        LOOP(ExecutionMode.COMPOSITE),
        MAP(ExecutionMode.COMPOSITE);

        private final ExecutionMode mode;

        Kind(ExecutionMode mode) {
            this.mode = mode;
        }

        boolean travelsInGroups() {
            return mode.travelsInGroups();
        }

        /** Whether questions about its output are answered when it completes. */
        boolean answersQuestions() {
            return this == PLAIN || this == QUICK || this == PRICED;
        }

        boolean repeats() {
            return this == LOOP || this == MAP;
        }
    }

    /** A dependency, and what it says beyond its source's outcome. */
    record Dep(String from, TaskCase.EdgeCase.Kind kind, Answer answer) {}

    /**
     * What a loop or a map repeats.
     *
     * @param size items of a map, or the most turns of a loop
     * @param turns after so many turns a loop ends
     * @param lenient whether a map collects, or a loop goes on when it is exhausted
     */
    record DrawnBody(List<DrawnTask> tasks, int size, int turns, int parallelism, boolean lenient) {}

    void addTo(TaskBuilder task) {
        deps.forEach(dep -> new TaskCase.EdgeCase(dep.from(), dep.kind(), dep.answer()).addTo(task, id));
        task.mode(kind.mode).rule(rule).attempts(attempts);
        if (allowFailure) {
            task.allowFailure();
        }
        if (when != null) {
            task.conditional();
        }
        if (group != null) {
            task.group(group);
        }
        if (kind == Kind.EXTERNAL) {
            task.taskQueue("elsewhere");
        }
        if (body != null) {
            repeat(task, body);
        }
        if (delayMs > 0 && (kind.repeats() || kind == Kind.CHILD)) {
            task.timeout(Duration.ofMillis(delayMs));
        }
    }

    private void repeat(TaskBuilder task, DrawnBody repeated) {
        if (kind == Kind.LOOP) {
            task.loop(DrawnRun.builder(repeated.tasks()), Math.max(1, repeated.size()), repeated.lenient());
        } else {
            task.each(DrawnRun.builder(repeated.tasks()), repeated.parallelism(), repeated.lenient());
        }
    }

    /** How it behaves in one turn or item, given the answers to the questions of its out-edges. */
    Script script(TaskKey key, List<Answer> answers) {
        int number = key.scope().isEmpty() ? 0 : ScopePath.number(key.scope());
        int fails = (where >> (number % 8) & 1) == 1 ? failures : 0;
        Script.Try[] tries = new Script.Try[Math.min(fails, attempts + 3) + 1];
        Arrays.fill(tries, new Script.Try.Fails(ErrorCode.EXECUTION_FAILED, retryable, null));
        if (fails < ALWAYS) {
            tries[tries.length - 1] = new Script.Try.Completes(answers);
        }
        Script script = Script.COMPLETES.tries(tries).late(late());
        if (when != null) {
            script = script.when(when);
        }
        if (estimate >= 0 && (kind == Kind.PRICED || kind == Kind.CHILD)) {
            script = script.estimated(TaskCase.cents(estimate)).costing(TaskCase.cents(cost));
        }
        Script.Preparation instead = preparation();
        return instead == null ? script : script.prepared(instead);
    }

    private Script.@Nullable Preparation preparation() {
        Long most = delayMs == 0 ? null : (Long) delayMs;
        return switch (kind) {
            case TIMER -> new Script.Preparation.Parks(WaitingFor.TIMER, delayMs);
            case AGENT -> new Script.Preparation.Holds(WaitingFor.AGENT, most, hold("work"));
            case PERSON -> new Script.Preparation.Holds(WaitingFor.PERSON, most, hold(null));
            case MAP -> new Script.Preparation.Unrolls(body == null ? 0 : body.size());
            case PLAIN, QUICK, PRICED, CHILD, EXTERNAL, LOOP -> null;
        };
    }

    private Hold hold(@Nullable String queue) {
        Value nothing = Value.of(NullNode.instance);
        return new Hold(nothing, queue, null, onDeadline, nothing, Hold.QUEUE + "next", 700L, false);
    }

    private Answer[] late() {
        List<Answer> late = new ArrayList<>();
        if (kind == Kind.LOOP && body != null) {
            for (int i = 0; i < body.turns(); i++) {
                late.add(Answer.YES);
            }
            late.add(Answer.NO);
        } else {
            deps.stream()
                    .filter(dep -> dep.kind() == TaskCase.EdgeCase.Kind.LATE)
                    .map(Dep::answer)
                    .forEach(late::add);
        }
        return late.toArray(new Answer[0]);
    }

    DrawnTask withDeps(List<Dep> others) {
        return new DrawnTask(
                id,
                kind,
                others,
                rule,
                allowFailure,
                failures,
                retryable,
                where,
                attempts,
                when,
                group,
                estimate,
                cost,
                delayMs,
                onDeadline,
                body);
    }

    DrawnTask withBody(DrawnBody other) {
        return new DrawnTask(
                id,
                kind,
                deps,
                rule,
                allowFailure,
                failures,
                retryable,
                where,
                attempts,
                when,
                group,
                estimate,
                cost,
                delayMs,
                onDeadline,
                other);
    }

    DrawnTask withRule(TriggerRule other) {
        return new DrawnTask(
                id,
                kind,
                deps,
                other,
                allowFailure,
                failures,
                retryable,
                where,
                attempts,
                when,
                group,
                estimate,
                cost,
                delayMs,
                onDeadline,
                body);
    }

    /** The same kind of task without anything special about it. */
    DrawnTask plainer() {
        return new DrawnTask(
                id,
                kind,
                deps,
                TriggerRule.NONE_FAILED,
                false,
                failures,
                false,
                255,
                1,
                null,
                null,
                estimate,
                cost,
                kind == Kind.TIMER ? delayMs : 0,
                Hold.OnDeadline.FAIL,
                body);
    }

    /** A plain task instead. */
    DrawnTask plain() {
        return plain(id, deps);
    }

    static DrawnTask plain(String id, List<Dep> deps) {
        return new DrawnTask(
                id,
                Kind.PLAIN,
                deps,
                TriggerRule.NONE_FAILED,
                false,
                0,
                false,
                255,
                1,
                null,
                null,
                -1,
                0,
                0,
                Hold.OnDeadline.FAIL,
                null);
    }
}
