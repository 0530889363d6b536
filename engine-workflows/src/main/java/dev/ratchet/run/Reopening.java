package dev.ratchet.run;

import dev.ratchet.document.ErrorCode;
import java.util.ArrayList;
import java.util.List;

/**
 * Skipping and retrying one task of a living run. Both open again what was skipped because the task failed, so that it gets
 * another verdict. A request is carried out or refused, and refused whatever cannot be carried out to its end. Pure.
 */
final class Reopening {
    private Reopening() {}

    static List<RunEvent> retry(RunView view, RunInput.Commanded in, TaskKey key) {
        TaskView task = view.task(key);
        if (task == null) {
            return unknown(view, in, key);
        }
        if (task.phase() != Phase.FAILED) {
            return refused(in, "Expected a failed task to try again, but " + key + " is " + state(task));
        }
        return switch (Reach.of(view, key)) {
            case Reach.Within within -> {
                TaskView works = Dependants.working(view, task);
                yield works == null ? retried(view, in, task) : tooLate(in, works);
            }
            case Reach.OfFailedItem item -> {
                List<RunEvent> events = read(in);
                events.addAll(FailedItem.opened(view, item, task, in.at()));
                yield events;
            }
            case Reach.Beyond beyond -> refused(in, "Expected to try " + key + " again, but " + beyond.why());
        };
    }

    static List<RunEvent> skip(RunView view, RunInput.Commanded in, TaskKey key) {
        TaskView task = view.task(key);
        if (task == null) {
            return unknown(view, in, key);
        }
        if (task.reason() == SkipReason.REQUESTED) {
            return read(in);
        }
        if (task.phase() != Phase.FAILED && !mayBeSkipped(view, task)) {
            return refused(
                    in, "Expected a task that has not begun, waits or failed, but " + key + " is " + state(task));
        }
        return switch (Reach.of(view, key)) {
            case Reach.Within within -> skipped(view, in, task);
            case Reach.OfFailedItem item -> {
                List<RunEvent> events = read(in);
                events.addAll(FailedItem.opened(view, item, task, in.at()));
                events.add(requested(task, in.at()));
                yield events;
            }
            case Reach.Beyond beyond -> refused(in, "Expected to do without " + key + ", but " + beyond.why());
        };
    }

    private static List<RunEvent> retried(RunView view, RunInput.Commanded in, TaskView task) {
        List<RunEvent> events = read(in);
        events.add(new RunEvent.Reopened(in.at(), task.key()));
        reopenFollowers(view, task, in.at(), events);
        return events;
    }

    /** Whoever followed from the failure is open again before the task has another end: so it is told of that. */
    private static List<RunEvent> skipped(RunView view, RunInput.Commanded in, TaskView task) {
        List<RunEvent> events = read(in);
        if (task.phase() == Phase.FAILED) {
            TaskView works = Dependants.working(view, task);
            if (works != null) {
                return tooLate(in, works);
            }
            events.add(new RunEvent.Reopened(in.at(), task.key()));
            reopenFollowers(view, task, in.at(), events);
        }
        events.add(requested(task, in.at()));
        return events;
    }

    private static RunEvent requested(TaskView task, long at) {
        return new RunEvent.Skipped(at, task.key(), SkipReason.REQUESTED, List.of());
    }

    private static boolean mayBeSkipped(RunView view, TaskView task) {
        return task.phase().mayBeSkipped() && !task.isInGroup() && !view.travelsWithGroup(task);
    }

    private static void reopenFollowers(RunView view, TaskView task, long at, List<RunEvent> events) {
        Dependants.followers(view, task).forEach(other -> events.add(new RunEvent.Reopened(at, other.key())));
    }

    private static List<RunEvent> tooLate(RunInput.Commanded in, TaskView works) {
        return refused(in, "Expected nothing to run because of the failure, but " + works.key() + " does");
    }

    private static List<RunEvent> read(RunInput.Commanded in) {
        return new ArrayList<>(List.of(new RunEvent.CommandRead(in.at(), in.command(), null)));
    }

    /** Tasks of turns and items that ended are in pages, and nothing else is kept of them. */
    private static List<RunEvent> unknown(RunView view, RunInput.Commanded in, TaskKey key) {
        return KnownTasks.wasThere(view, key)
                ? refused(
                        in,
                        "Expected a task that the run still has at hand, but " + key.scope()
                                + " has ended; retry the run, or what is around it")
                : Requests.refused(in, ErrorCode.TASK_NOT_FOUND, "Expected a task of the run, but it has no " + key);
    }

    private static List<RunEvent> refused(RunInput.Commanded in, String message) {
        return Requests.refused(in, ErrorCode.TASK_NOT_WAITING, message);
    }

    private static String state(TaskView task) {
        return task.phase().status().wire();
    }
}
