package dev.ratchet.run;

import dev.ratchet.document.ErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a request from outside means. A command id seen before changes nothing. Pure. */
final class Requests {
    private Requests() {}

    static List<RunEvent> read(RunView view, RunInput.Commanded in) {
        if (view.hasRead(in.command().id())) {
            return List.of();
        }
        TaskKey about = in.command().what().about();
        if (about != null && !about.scope().isEmpty() && !ScopePath.isPath(about.scope())) {
            return refused(in, ErrorCode.TASK_NOT_FOUND, "Expected a task of the run, but it has no " + about);
        }
        RunEvent read = new RunEvent.CommandRead(in.at(), in.command(), null);
        return switch (in.command().what()) {
            case Request.Abort abort ->
                view.closing() == ClosingCause.ABORTED ? List.of(read) : List.of(read, Ending.aborted(in.at()));
            case Request.RaiseBudget raise -> raise(view, in, raise);
            case Request.Pause pause -> changes(read, view.isPaused() ? null : new RunEvent.Paused(in.at()));
            case Request.Resume resume -> changes(read, view.isPaused() ? new RunEvent.Resumed(in.at()) : null);
            case Request.Give give -> Giving.give(view, in, give);
            case Request.Skip skip -> Reopening.skip(view, in, skip.key());
            case Request.Retry retry -> Reopening.retry(view, in, retry.key());
            case Request.Rerun again -> List.of(read);
            case Request.Patch patch -> Patching.patch(view, in, patch);
        };
    }

    private static List<RunEvent> changes(RunEvent read, @Nullable RunEvent change) {
        return change == null ? List.of(read) : List.of(read, change);
    }

    /** A command that was read and has no effect, and why. */
    static List<RunEvent> refused(RunInput.Commanded in, ErrorCode code, String message) {
        return List.of(new RunEvent.CommandRead(in.at(), in.command(), TaskError.of(code, message)));
    }

    private static List<RunEvent> raise(RunView view, RunInput.Commanded in, Request.RaiseBudget raise) {
        String unit = raise.limit().currency();
        var limit = view.ledger().limit();
        if (limit == null || !limit.currency().equals(unit)) {
            String message = limit == null
                    ? "Expected a run with a budget, but this one has none"
                    : "Expected a limit in " + limit.currency() + ", but it is in " + unit;
            return refused(in, ErrorCode.INVALID_INPUT, message);
        }
        return List.of(
                new RunEvent.CommandRead(in.at(), in.command(), null),
                new RunEvent.BudgetRaised(in.at(), raise.limit()));
    }
}
