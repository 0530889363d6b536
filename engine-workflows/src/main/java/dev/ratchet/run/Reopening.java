package dev.ratchet.run;

import dev.ratchet.document.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Skipping and retrying one task of a living run. Both open again what was skipped because the task failed, so that it gets
 * another verdict. Pure.
 */
final class Reopening {
    private Reopening() {}

    static List<RunEvent> retry(RunView view, RunInput.Commanded in, TaskKey key) {
        TaskView task = view.task(key);
        if (task == null) {
            return unknown(in, key);
        }
        if (task.phase() != Phase.FAILED || view.closing() != null) {
            return refused(in, task, "Expected a failed task to try again, but ");
        }
        TaskView begun = begunBecauseOf(view, task);
        if (begun != null) {
            return tooLate(in, begun);
        }
        List<RunEvent> events = read(in);
        events.add(new RunEvent.Reopened(in.at(), key));
        reopenDependants(view, task, in.at(), events);
        return events;
    }

    static List<RunEvent> skip(RunView view, RunInput.Commanded in, TaskKey key) {
        TaskView task = view.task(key);
        if (task == null) {
            return unknown(in, key);
        }
        if (task.reason() == SkipReason.REQUESTED) {
            return read(in);
        }
        boolean failed = task.phase() == Phase.FAILED;
        if (view.closing() != null || !(failed || mayBeSkipped(view, task))) {
            return refused(in, task, "Expected a task that has not begun, waits or failed, but ");
        }
        TaskView begun = failed ? begunBecauseOf(view, task) : null;
        if (begun != null) {
            return tooLate(in, begun);
        }
        List<RunEvent> events = read(in);
        if (failed) {
            events.add(new RunEvent.Reopened(in.at(), key));
        }
        events.add(new RunEvent.Skipped(in.at(), key, SkipReason.REQUESTED, List.of()));
        if (failed) {
            reopenDependants(view, task, in.at(), events);
        }
        return events;
    }

    private static boolean mayBeSkipped(RunView view, TaskView task) {
        return switch (task.phase()) {
            case PENDING, DECIDING, DECIDED, PREPARING, QUEUED, AWAITING_BUDGET, BACKING_OFF, PARKED, DELEGATED ->
                !task.isInGroup() && !view.travelsWithGroup(task);
            default -> false;
        };
    }

    /** A task that runs because another one failed or was skipped goes on with what it was told. */
    private static @Nullable TaskView begunBecauseOf(RunView view, TaskView failed) {
        return Stream.concat(Stream.of(failed), followers(view, failed).stream())
                .flatMap(task -> view.targets(task).stream())
                .filter(target -> target.isInGroup()
                        || switch (target.phase()) {
                            case DECIDING, PREPARING, RUNNING, EXECUTING, BACKING_OFF, PARKED, DELEGATED -> true;
                            case DECIDED, QUEUED, AWAITING_BUDGET -> target.attempt() > 0;
                            default -> false;
                        })
                .findFirst()
                .orElse(null);
    }

    private static List<RunEvent> tooLate(RunInput.Commanded in, TaskView begun) {
        return Requests.refused(
                in,
                ErrorCode.TASK_NOT_WAITING,
                "Expected nothing to run because of the failure, but " + begun.key() + " does");
    }

    private static void reopenDependants(RunView view, TaskView failed, long at, List<RunEvent> events) {
        followers(view, failed).forEach(task -> events.add(new RunEvent.Reopened(at, task.key())));
    }

    /** Tasks whose verdict followed from the task's, directly or not, and that have not begun; sources before targets. */
    private static List<TaskView> followers(RunView view, TaskView failed) {
        Set<String> open = new TreeSet<>(List.of(failed.key().id()));
        List<TaskView> followers = new ArrayList<>();
        for (TaskView task : view.topological(failed.key().scope())) {
            boolean because =
                    followed(task) && task.node().edges().stream().anyMatch(edge -> open.contains(edge.from()));
            if (because && open.add(task.key().id())) {
                followers.add(task);
            }
        }
        return followers;
    }

    /** Whether a task's verdict is known, and it has not begun. */
    private static boolean followed(TaskView task) {
        return switch (task.phase()) {
            case SKIPPED -> task.reason() != SkipReason.REQUESTED;
            case DECIDED, QUEUED, AWAITING_BUDGET -> task.attempt() == 0;
            default -> false;
        };
    }

    private static List<RunEvent> read(RunInput.Commanded in) {
        return new ArrayList<>(List.of(new RunEvent.CommandRead(in.at(), in.command(), null)));
    }

    private static List<RunEvent> unknown(RunInput.Commanded in, TaskKey key) {
        return Requests.refused(in, ErrorCode.TASK_NOT_FOUND, "Expected a task of the run, but it has no " + key);
    }

    private static List<RunEvent> refused(RunInput.Commanded in, TaskView task, String expected) {
        return Requests.refused(
                in,
                ErrorCode.TASK_NOT_WAITING,
                expected + task.key() + " is " + task.phase().status().wire());
    }
}
