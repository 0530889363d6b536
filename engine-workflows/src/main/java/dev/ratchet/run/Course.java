package dev.ratchet.run;

import dev.ratchet.plan.PlanPolicy;
import org.jspecify.annotations.Nullable;

/** The course of a run: when it began, why it closes, how it ended. Bookkeeping only. */
final class Course {
    @Nullable
    Long startedAt;

    @Nullable
    Long endedAt;

    boolean paused;

    long updatedAt;

    @Nullable
    ClosingCause closing;

    @Nullable
    Long closingUntil;

    @Nullable
    TaskError closingError;

    @Nullable
    TaskKey firstFailure;

    @Nullable
    RunStatus endStatus;

    @Nullable
    TaskError endError;

    @Nullable
    TaskKey endErrorTask;

    void closing(RunEvent.Closing e) {
        closing = e.cause();
        closingUntil = e.until();
        closingError = e.error();
    }

    void ended(RunEvent.Ended e) {
        endStatus = e.status();
        endError = e.error();
        endErrorTask = e.errorTask();
        endedAt = e.at();
    }

    void failed(TaskKey key) {
        firstFailure = firstFailure == null ? key : firstFailure;
    }

    RunStatus status(boolean pausedForBudget) {
        if (endStatus != null) {
            return endStatus;
        }
        if (closing == ClosingCause.ABORTED) {
            return RunStatus.ABORTING;
        }
        return startedAt == null
                ? RunStatus.PENDING
                : pausedForBudget || (paused && closing == null) ? RunStatus.PAUSED : RunStatus.RUNNING;
    }

    @Nullable
    Long runDeadline(PlanPolicy policy) {
        Long timeout = policy.timeoutMs();
        return timeout == null || startedAt == null || isGivingUp() ? null : startedAt + timeout;
    }

    @Nullable
    Long idleDeadline(PlanPolicy policy) {
        Long timeout = policy.idleTimeoutMs();
        return timeout == null || startedAt == null || isGivingUp() ? null : updatedAt + timeout;
    }

    private boolean isGivingUp() {
        return closingUntil != null;
    }
}
