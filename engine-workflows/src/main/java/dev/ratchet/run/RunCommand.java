package dev.ratchet.run;

import dev.ratchet.plan.Plan;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a run asks of the world outside. Read by the shell only. */
public sealed interface RunCommand {
    /**
     * Do short work beside the decider, and say what came of it.
     *
     * @param ahead what the run will most likely want next, one after the other, if the only job completes; whoever does
     *     the work may do as much of it as it likes, and none
     */
    record Inline(List<InlineJob> jobs, Map<String, Source> sources, List<InlineJob.Execute> ahead)
            implements RunCommand {
        public Inline {
            jobs = List.copyOf(jobs);
            ahead = List.copyOf(ahead);
        }
    }

    /**
     * Hand attempts to a worker.
     *
     * @param timeoutMs the longest any of them may take
     */
    record Dispatch(
            long dispatch,
            List<Attempt> attempts,
            Map<String, Source> sources,
            long timeoutMs,
            @Nullable String taskQueue,
            int priority)
            implements RunCommand {
        public Dispatch {
            attempts = List.copyOf(attempts);
        }
    }

    /**
     * Hand an attempt to somebody else's worker. What it prepared names the activity and its input.
     *
     * @param timeoutMs the longest it may take
     */
    record External(long dispatch, Attempt attempt, long timeoutMs, String taskQueue, int priority)
            implements RunCommand {}

    /**
     * Hand a piece of the plan to a worker.
     *
     * @param piece the members, and the settled tasks outside that they depend on
     * @param settled the state of the latter
     * @param slots how many attempts it may have side by side
     * @param timeoutMs the longest all of it may take
     */
    record DispatchGroup(
            long dispatch,
            String group,
            Plan piece,
            List<CarriedTask> settled,
            int slots,
            long timeoutMs,
            @Nullable String taskQueue)
            implements RunCommand {
        public DispatchGroup {
            settled = List.copyOf(settled);
        }
    }

    /**
     * Tell whoever is to answer for a parked task: post its assignment, or leave it in a queue.
     *
     * @param dueAt until when they have; absent when nobody waits in vain
     */
    record Announce(
            TaskKey key, int attempt, Hold hold, @Nullable Long dueAt) implements RunCommand {}

    /** Take an assignment back that nobody needs any more. */
    record Withdraw(TaskKey key, int attempt, String queue) implements RunCommand {}

    /**
     * Start the run that is to carry out a task; nothing happens when it was started before.
     *
     * @param graph what it carries out, as the task's type prepared it
     */
    record StartChild(TaskKey key, int attempt, Value graph) implements RunCommand {}

    /** Tell the run that carries out a task to stop. */
    record StopChild(TaskKey key, int attempt) implements RunCommand {}

    /** Look whether a worker is there for what was handed to a queue of its own. */
    record SeekWorker(String taskQueue) implements RunCommand {}

    /** Tell whoever works on this run to stop. */
    record CancelDispatches() implements RunCommand {}

    /** Tell whoever has one of these to stop. */
    record CancelSome(Set<Long> dispatches) implements RunCommand {}
}
