package dev.ratchet.run;

import dev.ratchet.document.ErrorCode;
import dev.ratchet.plan.PlanPolicy;
import dev.ratchet.plan.Policies.OnFailure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a run comes to its end. Pure. */
final class Ending {
    /** How long tasks in flight may take to hear of the end: an abort is over after 10 s at the latest. */
    static final long GRACE_MS = 8_000;

    private Ending() {}

    static RunEvent aborted(long at) {
        return new RunEvent.Closing(at, ClosingCause.ABORTED, null, at + GRACE_MS);
    }

    static RunEvent timedOut(long at, String message) {
        return new RunEvent.Closing(
                at, ClosingCause.TIMED_OUT, TaskError.of(ErrorCode.TIMEOUT, message), at + GRACE_MS);
    }

    /** What a run that is being aborted, or broke before, meets on its way does not change its end. */
    static List<RunEvent> broken(RunView view, long at, TaskError error) {
        return view.closing() == ClosingCause.ABORTED || view.closing() == ClosingCause.BROKEN
                ? List.of()
                : List.of(new RunEvent.Closing(at, ClosingCause.BROKEN, error, at + GRACE_MS));
    }

    /** Whether nothing further may start in a lane that a worker folds. */
    static boolean stops(PlanPolicy policy, LaneView lane) {
        return lane.hasCancelled() || (lane.hasFailed() && policy.onFailure() != OnFailure.SKIP_DEPENDENTS);
    }

    static List<RunEvent> stopsOnFailure(RunView view, long at) {
        TaskKey first = view.firstFailure();
        OnFailure policy = view.plan().policy().onFailure();
        if (first == null || policy == OnFailure.SKIP_DEPENDENTS) {
            return List.of();
        }
        if (policy == OnFailure.FINISH_RUNNING) {
            return List.of(new RunEvent.Closing(at, ClosingCause.FAILED_FINISHING, null, null));
        }
        TaskError error = Objects.requireNonNull(view.task(first)).error();
        ClosingCause cause = error != null && error.is(ErrorCode.BUDGET_EXCEEDED)
                ? ClosingCause.OVER_BUDGET
                : ClosingCause.FAILED_FAST;
        return List.of(new RunEvent.Closing(at, cause, null, at + GRACE_MS));
    }

    /** Once nothing is in flight (or it was given long enough): what becomes of the rest, and the end. */
    static List<RunEvent> finish(RunView view, long at) {
        Long until = view.closingUntil();
        if ((view.inFlight() > 0 || !view.delegated().isEmpty()) && (until == null || at < until)) {
            return List.of();
        }
        List<RunEvent> events = new ArrayList<>();
        SkipReason reason = Objects.requireNonNull(view.closing()).reason();
        for (String scope : view.scopes()) {
            settleRest(view, scope, reason, at, events);
        }
        events.add(ended(view, at));
        return events;
    }

    /** What becomes of the tasks of a scope that have not settled, once nothing is in flight there. */
    static void settleRest(RunView view, String scope, SkipReason reason, long at, List<RunEvent> events) {
        Set<String> failed = new HashSet<>();
        for (TaskView task : view.topological(scope)) {
            if (task.phase() == Phase.FAILED || task.reason() == SkipReason.UPSTREAM_FAILURE) {
                failed.add(task.key().id());
            }
            if (task.phase().isSettled()) {
                continue;
            }
            if (hasStarted(task)) {
                events.add(new RunEvent.Cancelled(
                        at, task.key(), null, task.phase().isInFlight()));
                continue;
            }
            List<String> blockedBy = task.node().edges().stream()
                    .map(edge -> edge.from())
                    .filter(failed::contains)
                    .distinct()
                    .sorted()
                    .toList();
            if (!blockedBy.isEmpty()) {
                failed.add(task.key().id());
            }
            events.add(new RunEvent.Skipped(
                    at, task.key(), blockedBy.isEmpty() ? reason : SkipReason.UPSTREAM_FAILURE, blockedBy));
        }
    }

    private static boolean hasStarted(TaskView task) {
        return task.ownAttempts() > 0 || task.phase() == Phase.PARKED;
    }

    static RunEvent ended(RunView view, long at) {
        RunStatus status = status(view);
        TaskKey failed = view.firstFailure();
        TaskError own = view.closingError();
        if (status != RunStatus.FAILED || own != null || failed == null) {
            return new RunEvent.Ended(at, status, status == RunStatus.FAILED ? own : null, null);
        }
        return new RunEvent.Ended(at, status, errorOf(view, failed), failed);
    }

    private static @Nullable TaskError errorOf(RunView view, TaskKey failed) {
        return Objects.requireNonNull(view.task(failed)).error();
    }

    private static RunStatus status(RunView view) {
        if (view.closing() == ClosingCause.ABORTED) {
            return RunStatus.ABORTED;
        }
        return view.closing() != null || view.firstFailure() != null ? RunStatus.FAILED : RunStatus.COMPLETED;
    }
}
