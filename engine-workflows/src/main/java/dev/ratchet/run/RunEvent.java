package dev.ratchet.run;

import dev.ratchet.document.Money;
import dev.ratchet.plan.Plan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a run. The state of a run is the fold of its events; {@code at} is epoch milliseconds.
 *
 * <p>Read by {@link RunState#apply} (bookkeeping) and {@link Commands} (what follows outside).
 */
public sealed interface RunEvent {
    long at();

    /** The run was taken up. */
    record Started(long at) implements RunEvent {}

    /** A batch of ready tasks begins; the next one waits until all of it is settled. */
    record BatchBegan(long at, String scope, int number) implements RunEvent {}

    /** What must be known before a task's verdict is being evaluated. */
    record DecisionAsked(long at, TaskKey key) implements RunEvent {}

    /** It is known; replay never evaluates it again. */
    record Decided(long at, InlineAnswer.Decided answer) implements RunEvent {}

    /** A task will run, and is being prepared. */
    record PreparationAsked(long at, TaskKey key) implements RunEvent {}

    /** A task is ready to be paid for. */
    record Prepared(
            long at,
            TaskKey key,
            Estimate estimate,
            @Nullable Value payload) implements RunEvent {}

    /** A task will run as soon as there is a slot for it. */
    record Queued(long at, TaskKey key) implements RunEvent {}

    /** A whole group will run as soon as there is a slot for it. */
    record GroupQueued(long at, String scope, String group) implements RunEvent {}

    /** A task's verdict is that it does not run. */
    record Skipped(long at, TaskKey key, SkipReason reason, List<String> blockedBy) implements RunEvent {
        /** A task may depend on ten thousand others; the first of those that it is blocked by are told. */
        static final int MOST_BLOCKERS = 100;

        public Skipped {
            blockedBy = List.copyOf(blockedBy.subList(0, Math.min(MOST_BLOCKERS, blockedBy.size())));
        }
    }

    /** Money is set aside for a task's next attempt. */
    record Reserved(long at, TaskKey key, Money amount) implements RunEvent {}

    /** A task's next attempt does not fit the budget now, but may later. */
    record BudgetAwaited(long at, TaskKey key) implements RunEvent {}

    /** Attempts are handed to a worker, together. */
    record HandedOver(long at, long dispatch, List<TaskKey> keys) implements RunEvent {
        public HandedOver {
            keys = List.copyOf(keys);
        }
    }

    /** A group is handed to a worker, which may run so many of its attempts side by side. */
    record GroupHandedOver(long at, long dispatch, String scope, String group, int slots) implements RunEvent {}

    /** An inline task is being carried out. */
    record Executing(long at, TaskKey key) implements RunEvent {}

    /** A task waits for time, a person or an agent. */
    record Parked(
            long at,
            TaskKey key,
            WaitingFor waitingFor,
            @Nullable Long dueAt,
            @Nullable Hold hold) implements RunEvent {}

    /** Whoever is to answer for a parked task was told; or the run that carries a task out was started. */
    record Announced(long at, TaskKey key) implements RunEvent {}

    /** Another run is to carry a task out. */
    record Delegated(long at, TaskKey key) implements RunEvent {}

    /** Nobody has heard of that run for long: somebody has to look whether it is still there. */
    record LookedAfter(long at, TaskKey key) implements RunEvent {}

    /** That run is told to stop. {@code why} is what the task then fails with; absent when it is cancelled. */
    record Recalled(long at, TaskKey key, @Nullable TaskError why) implements RunEvent {}

    /**
     * A composite task begins to repeat its body.
     *
     * @param total turns or items there will be, at most
     * @param items of a map; absent for a loop
     */
    record RepeatBegan(
            long at, TaskKey key, int total, @Nullable Value items) implements RunEvent {}

    /** A turn or an item begins, or goes on that was opened again. */
    record ScopeBegan(long at, TaskKey key, int number) implements RunEvent {}

    /** All of a turn or an item is settled; what it gave, and whether there is another turn, is being looked at. */
    record ScopeAsked(long at, TaskKey key, int number) implements RunEvent {}

    /**
     * A turn or an item ended.
     *
     * @param goesOn whether a loop's condition says that there is another turn
     */
    record ScopeEnded(long at, TaskKey key, int number, Part part, boolean goesOn, List<Decision> decisions)
            implements RunEvent {
        public ScopeEnded {
            decisions = List.copyOf(decisions);
        }
    }

    /**
     * A failed item of a map is open again, with all that completed in it: it goes on when {@link ScopeBegan} says so. A map
     * that completed repeats again.
     */
    record ItemReopened(long at, TaskKey key, int number) implements RunEvent {}

    /**
     * Nothing further starts in a turn or an item.
     *
     * @param cancels whether what is in flight there is cancelled
     */
    record ScopeClosing(long at, String scope, boolean cancels) implements RunEvent {}

    /** A composite task will fail, once what it began has come to its end. */
    record RepeatGivenUp(long at, TaskKey key, TaskError error) implements RunEvent {}

    /** Every turn or item ended; the output is being put together. */
    record Gathering(long at, TaskKey key) implements RunEvent {}

    /** An answer came before its task waits for it, and is kept. */
    record AnswerKept(long at, TaskKey key, Given given) implements RunEvent {}

    /** What a task waited for came, and is being looked at. */
    record AnswerTaken(long at, TaskKey key, Given given) implements RunEvent {}

    /** Nobody answered in time; the next ones are asked. */
    record Escalated(long at, TaskKey key, @Nullable Long dueAt) implements RunEvent {}

    /** A settled task is open again, with all that is known of it but its end. */
    record Reopened(long at, TaskKey key) implements RunEvent {}

    /** Nothing new starts. */
    record Paused(long at) implements RunEvent {}

    /** It does again. */
    record Resumed(long at) implements RunEvent {}

    /** From now on the run follows another graph. What has begun is the same in both. */
    record Patched(long at, Revision revision, Plan plan) implements RunEvent {}

    /** A task returned its value. */
    record Completed(
            long at,
            TaskKey key,
            long startedAt,
            long endedAt,
            Outcome.Completed result,
            @Nullable Usage usage,
            boolean simulated)
            implements RunEvent {}

    /** An attempt failed, and another one follows at {@code retryAt}. */
    record AttemptFailed(
            long at,
            TaskKey key,
            long startedAt,
            long endedAt,
            TaskError error,
            @Nullable Usage usage,
            long retryAt) implements RunEvent {}

    /** The delay before an attempt is over. */
    record RetryDue(long at, TaskKey key) implements RunEvent {}

    /**
     * A delivery never reported; its reservation counts as spent, and the attempt is delivered again.
     *
     * @param againAt not before that time
     */
    record DeliveryLost(long at, TaskKey key, long againAt) implements RunEvent {}

    /**
     * A group was lost, and this member of it may have begun although nobody heard of it: its sources may have completed
     * unheard. The delivery counts as a lost one.
     */
    record DeliveryUnheard(long at, TaskKey key) implements RunEvent {}

    /**
     * A worker that shuts down gave an attempt back.
     *
     * @param begun whether it had begun: then what it may have used is spent, and money is set aside again
     * @param usage what it used, reported or presumed; absent when nothing
     */
    record HandedBack(
            long at, TaskKey key, boolean begun, @Nullable Usage usage) implements RunEvent {
        /** It had not begun: nothing was spent on it. */
        public HandedBack(long at, TaskKey key) {
            this(at, key, false, null);
        }
    }

    /** Attempts were handed to a queue a while ago: somebody has to look whether a worker is there. */
    record WorkerSought(long at, String taskQueue, List<TaskKey> keys) implements RunEvent {
        public WorkerSought {
            keys = List.copyOf(keys);
        }
    }

    /** No worker looks at the queue of these attempts: they wait for one. */
    record WorkerMissed(long at, List<TaskKey> keys) implements RunEvent {
        public WorkerMissed {
            keys = List.copyOf(keys);
        }
    }

    /**
     * A worker looks at their queue, or has begun with them.
     *
     * @param begun whether one has: nobody has to look again
     */
    record WorkerFound(long at, List<TaskKey> keys, boolean begun) implements RunEvent {
        public WorkerFound {
            keys = List.copyOf(keys);
        }
    }

    /** A task failed for good; times are absent when no attempt of it ended. */
    record Failed(
            long at,
            TaskKey key,
            @Nullable Long startedAt,
            @Nullable Long endedAt,
            TaskError error,
            @Nullable Usage usage)
            implements RunEvent {}

    /** A task was stopped. {@code presumed} when it never said what it used. */
    record Cancelled(long at, TaskKey key, @Nullable Usage usage, boolean presumed) implements RunEvent {}

    /** A dispatch is over, and its slots are free. */
    record DispatchClosed(long at, long dispatch) implements RunEvent {}

    /** A command was read, and did or did not take effect. */
    record CommandRead(long at, Command command, @Nullable TaskError refusal) implements RunEvent {}

    /** The run may spend up to a new limit. */
    record BudgetRaised(long at, Money limit) implements RunEvent {}

    /** Nothing further starts. What is in flight is cancelled, and given up at {@code until}; absent: it may finish. */
    record Closing(
            long at,
            ClosingCause cause,
            @Nullable TaskError error,
            @Nullable Long until) implements RunEvent {}

    /** The run ended. A terminal state never changes. */
    record Ended(
            long at,
            RunStatus status,
            @Nullable TaskError error,
            @Nullable TaskKey errorTask) implements RunEvent {}
}
