package dev.ratchet.run;

import dev.ratchet.document.ErrorCode;
import dev.ratchet.plan.Policies.ExecutionMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What the passing of time means. Pure. */
final class Deadlines {
    private Deadlines() {}

    static List<RunEvent> elapsed(RunView view, long at) {
        Long runDeadline = view.runDeadline();
        if (runDeadline != null && runDeadline <= at) {
            return List.of(Ending.timedOut(
                    at, "Expected the run to end within " + view.plan().policy().timeoutMs() + " ms, but it did not"));
        }
        Long idleDeadline = view.idleDeadline();
        if (idleDeadline != null && idleDeadline <= at) {
            return List.of(Ending.timedOut(
                    at,
                    "Expected something to happen within "
                            + view.plan().policy().idleTimeoutMs() + " ms, but nothing did"));
        }
        List<RunEvent> events = new ArrayList<>();
        List<TaskView> onWorkers = new ArrayList<>();
        for (TaskKey key : view.due(at)) {
            TaskView task = view.task(key);
            if (task == null || (view.closing() != null && task.phase() != Phase.DELEGATED)) {
                continue;
            }
            if (task.phase() == Phase.RUNNING) {
                onWorkers.add(task);
            } else {
                events.addAll(due(view, task, at));
            }
        }
        events.addAll(WorkerSearch.due(onWorkers, at));
        return events;
    }

    private static List<RunEvent> due(RunView view, TaskView task, long at) {
        if (task.phase() == Phase.BACKING_OFF) {
            return List.of(
                    isPreparedFirst(task)
                            ? new RunEvent.PreparationAsked(at, task.key())
                            : new RunEvent.RetryDue(at, task.key()));
        }
        if (task.phase() == Phase.DELEGATED) {
            return List.of(Delegation.due(view, task, at));
        }
        if (task.phase() == Phase.REPEATING) {
            TaskError error = TaskError.of(
                    ErrorCode.TIMEOUT,
                    "Expected " + task.key() + " to end within "
                            + task.node().task().timeoutMs() + " ms, but it did not");
            return List.of(new RunEvent.RepeatGivenUp(at, task.key(), error));
        }
        if (task.parkedFor() == WaitingFor.TIMER) {
            return List.of(Answers.wokenUp(task.key(), at));
        }
        Hold hold = task.hold();
        if (hold == null) {
            return List.of(expired(task, at));
        }
        return switch (hold.onDeadline()) {
            case FAIL -> List.of(expired(task, at));
            case DEFAULT ->
                Giving.take(view, task, new Given("default", Objects.requireNonNull(hold.fallback()), null, null), at);
            case ESCALATE -> {
                Long more = hold.escalateMs();
                yield List.of(new RunEvent.Escalated(at, task.key(), more == null ? null : (Long) (at + more)));
            }
        };
    }

    /** What is only delivered again is prepared; what parks is prepared when its turn comes, which a pause puts off. */
    private static boolean isPreparedFirst(TaskView task) {
        ExecutionMode mode = task.node().mode();
        return mode.isPreparedEachTime() && mode != ExecutionMode.PARKED && !task.isRedelivery();
    }

    private static RunEvent expired(TaskView task, long at) {
        TaskError error = TaskError.of(
                ErrorCode.DEADLINE_EXPIRED, "Expected an answer for " + task.key() + " in time, but none came");
        return new RunEvent.Failed(at, task.key(), null, at, error, null);
    }
}
