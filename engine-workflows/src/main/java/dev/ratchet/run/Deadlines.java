package dev.ratchet.run;

import dev.ratchet.document.ErrorCode;
import java.util.ArrayList;
import java.util.List;

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
        if (view.closing() != null) {
            return List.of();
        }
        List<RunEvent> events = new ArrayList<>();
        for (TaskKey key : view.due(at)) {
            TaskView task = view.task(key);
            if (task != null) {
                events.add(due(task, at));
            }
        }
        return events;
    }

    private static RunEvent due(TaskView task, long at) {
        if (task.phase() == Phase.BACKING_OFF) {
            return new RunEvent.RetryDue(at, task.key());
        }
        return task.parkedFor() == WaitingFor.TIMER
                ? Answers.wokenUp(task.key(), at)
                : new RunEvent.Failed(
                        at,
                        task.key(),
                        null,
                        at,
                        TaskError.of(ErrorCode.DEADLINE_EXPIRED, "Expected an answer in time, but none came"),
                        null);
    }
}
