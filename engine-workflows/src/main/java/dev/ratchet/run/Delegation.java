package dev.ratchet.run;

import dev.ratchet.document.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What becomes of tasks that another run carries out. Pure. */
final class Delegation {
    private Delegation() {}

    /** The child runs; or it never will; or it need not be waited for. */
    static List<RunEvent> started(RunView view, RunInput.ChildStarted in) {
        TaskView task = view.task(in.key());
        if (task == null || task.phase() != Phase.DELEGATED || task.attempt() != in.attempt()) {
            return List.of();
        }
        TaskError error = in.error();
        Value detached = in.detached();
        if (error != null) {
            return List.of(failed(view, task, in.at(), error, false, null));
        }
        if (in.gone()) {
            return List.of(failed(view, task, in.at(), silent(task), true, share(task)));
        }
        return List.of(
                detached == null
                        ? new RunEvent.Announced(in.at(), in.key())
                        : taken(task, detached, share(task), in.at()));
    }

    /** Outcomes that came by themselves: those of children are not looked at yet, all others are. */
    static List<RunEvent> reported(RunView view, RunInput.Reported in) {
        List<Outcome> others = new ArrayList<>();
        List<RunEvent> events = new ArrayList<>();
        for (Outcome outcome : in.outcomes()) {
            TaskView task = view.task(outcome.key());
            Errand errand = task == null ? null : task.errand();
            if (task == null || !task.node().mode().isDelegated()) {
                others.add(outcome);
            } else if (errand != null && task.attempt() == outcome.attempt()) {
                events.add(ended(view, task, errand, outcome, in.at()));
            }
        }
        events.addAll(Settlement.settle(view, in.at(), others));
        return events;
    }

    private static RunEvent ended(RunView view, TaskView task, Errand errand, Outcome outcome, long at) {
        Usage used = outcome.usage();
        if (errand.recalled()) {
            return stopped(view, task, errand, used, at);
        }
        return switch (outcome.result()) {
            case Outcome.Completed completed -> taken(task, completed.output(), used, at);
            case Outcome.Failed failed -> failed(view, task, at, failed.error(), failed.retryable(), used);
            case Outcome.Cancelled cancelled -> unfinished(view, task, used, at);
            case Outcome.Interrupted interrupted -> unfinished(view, task, used, at);
        };
    }

    private static RunEvent unfinished(RunView view, TaskView task, @Nullable Usage used, long at) {
        return view.isStopping(task.key())
                ? new RunEvent.Cancelled(at, task.key(), used, false)
                : failed(view, task, at, aborted(task), false, used);
    }

    /** A child that does not end when it is told to is not waited for: what it had of the budget counts as spent. */
    static RunEvent due(RunView view, TaskView task, long at) {
        Errand errand = Objects.requireNonNull(task.errand());
        if (errand.recalled()) {
            return errand.why() == null
                    ? new RunEvent.Cancelled(at, task.key(), null, true)
                    : stopped(view, task, errand, share(task), at);
        }
        long timeout = task.node().task().timeoutMs();
        return errand.isOver(at, timeout)
                ? new RunEvent.Recalled(at, task.key(), late(task, timeout))
                : new RunEvent.LookedAfter(at, task.key());
    }

    private static RunEvent stopped(RunView view, TaskView task, Errand errand, @Nullable Usage used, long at) {
        TaskError why = errand.why();
        return why == null
                ? new RunEvent.Cancelled(at, task.key(), used, false)
                : failed(view, task, at, why, true, used);
    }

    /** What it gave is looked at by a worker before the task completes. */
    private static RunEvent taken(TaskView task, Value output, @Nullable Usage used, long at) {
        return new RunEvent.AnswerTaken(at, task.key(), new Given("run", output, null, used));
    }

    private static RunEvent failed(
            RunView view, TaskView task, long at, TaskError error, boolean retryable, @Nullable Usage used) {
        Outcome.Failed failed = new Outcome.Failed(error, retryable, null);
        long since = Objects.requireNonNull(task.errand()).since();
        Outcome outcome = new Outcome(task.key(), task.attempt(), task.delivery(), since, at, failed, used, false);
        return Settlement.failed(view, task, at, outcome, failed);
    }

    /** All that was set aside for the child: spent, when nobody can say what of it was. */
    private static @Nullable Usage share(TaskView task) {
        return Usage.presumed(task.reserved());
    }

    private static TaskError aborted(TaskView task) {
        return TaskError.of(
                ErrorCode.CANCELLED, "Expected the run of " + task.key() + " to complete, but it was aborted");
    }

    private static TaskError silent(TaskView task) {
        return TaskError.of(
                ErrorCode.SCHEDULER_ERROR,
                "Expected the run of " + task.key() + " to say how it ended, but its execution was ended in Temporal");
    }

    private static TaskError late(TaskView task, long timeoutMs) {
        return TaskError.of(
                ErrorCode.TIMEOUT,
                "Expected the run of " + task.key() + " to end within " + timeoutMs + " ms, but it did not");
    }
}
