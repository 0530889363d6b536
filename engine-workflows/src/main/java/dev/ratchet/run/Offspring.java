package dev.ratchet.run;

import dev.ratchet.document.ErrorCode;
import dev.ratchet.plan.Body;
import dev.ratchet.plan.Node;
import dev.ratchet.plan.Plan;
import dev.ratchet.plan.Scope;
import org.jspecify.annotations.Nullable;

/**
 * How many runs one run may start, those that they start included. Nobody counts them together: each run divides what it may
 * start among all the tasks that may start one, every turn of a loop and every item of a map, before the first does. So the
 * whole of it is never more, wherever the runs are and whenever they start. Not thread-safe.
 */
public final class Offspring {
    /** Below a run that somebody submitted. */
    public static final int MOST = 1_000;

    private final int allowance;
    private @Nullable Plan counted;
    private long tasks;

    /** @param allowance of this run */
    public Offspring(int allowance) {
        this.allowance = allowance;
    }

    /** What the run that carries out a task may start itself; negative when there is not even room for that run. */
    public int share(RunState run, TaskKey key) {
        long starts = starts(run, key);
        return (int) (allowance / starts) - 1;
    }

    /** Why there is no room for the run that carries out a task. */
    public TaskError refusal(RunState run, TaskKey key) {
        return TaskError.of(
                ErrorCode.LIMIT_EXCEEDED,
                "Expected at most " + MOST + " runs inside of one that was submitted, " + allowance
                        + " of them inside of this one, but its plan may start " + starts(run, key) + " for tasks as "
                        + key);
    }

    /** How many runs there would be in all, were there as many of each task as of this one. */
    private long starts(RunState run, TaskKey key) {
        Plan plan = run.plan();
        if (plan != counted) {
            tasks = count(plan.root());
            counted = plan;
        }
        long starts = Math.max(1, tasks);
        for (String scope = key.scope(); !scope.isEmpty(); scope = ScopePath.outer(scope)) {
            TaskView composite = run.task(ScopePath.composite(scope));
            RepetitionView repetition = composite == null ? null : composite.repetition();
            starts *= repetition == null ? 1 : Math.max(1, repetition.total());
            starts = Math.min(starts, Integer.MAX_VALUE);
        }
        return starts;
    }

    private static long count(Scope scope) {
        long count = 0;
        for (Node node : scope.nodes()) {
            Body body = node.body();
            count += (node.mode().isDelegated() ? 1 : 0) + (body == null ? 0 : count(body.scope()));
        }
        return count;
    }
}
