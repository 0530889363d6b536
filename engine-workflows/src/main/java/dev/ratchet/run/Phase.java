package dev.ratchet.run;

import org.jspecify.annotations.Nullable;

/** Where a task is, more finely than its reader needs to know. */
public enum Phase {
    /** Not everything upstream is settled, or its batch has not begun. */
    PENDING(TaskStatus.PENDING, null),
    /** Its conditions are being evaluated. */
    DECIDING(TaskStatus.WAITING, WaitingFor.DECISION),
    /** Its conditions are known, its verdict is due. */
    DECIDED(TaskStatus.WAITING, WaitingFor.DECISION),
    /** Will run; its attempt is being prepared. */
    PREPARING(TaskStatus.WAITING, WaitingFor.DECISION),
    /** Will run; waits for a slot. */
    QUEUED(TaskStatus.PENDING, null),
    /** Will run; waits for money. */
    AWAITING_BUDGET(TaskStatus.WAITING, WaitingFor.BUDGET),
    /** Waits with its group. */
    GROUPED(TaskStatus.PENDING, null),
    /** An attempt is on a worker. */
    RUNNING(TaskStatus.RUNNING, null),
    /** Another run carries it out. */
    DELEGATED(TaskStatus.WAITING, WaitingFor.CHILD),
    /** Its body is being repeated. */
    REPEATING(TaskStatus.RUNNING, null),
    /** An inline task is being carried out. */
    EXECUTING(TaskStatus.RUNNING, null),
    /** An attempt failed; the next one is due later. */
    BACKING_OFF(TaskStatus.WAITING, WaitingFor.RETRY),
    /** Waits for time, a person or an agent. */
    PARKED(TaskStatus.WAITING, WaitingFor.TIMER),
    COMPLETED(TaskStatus.COMPLETED, null),
    FAILED(TaskStatus.FAILED, null),
    SKIPPED(TaskStatus.SKIPPED, null),
    CANCELLED(TaskStatus.CANCELLED, null);

    private final TaskStatus status;
    private final @Nullable WaitingFor waitingFor;

    Phase(TaskStatus status, @Nullable WaitingFor waitingFor) {
        this.status = status;
        this.waitingFor = waitingFor;
    }

    public TaskStatus status() {
        return status;
    }

    /** What a waiting task of this phase waits for; a parked one knows better itself. */
    public @Nullable WaitingFor waitingFor() {
        return waitingFor;
    }

    public boolean isSettled() {
        return status.isSettled();
    }

    /** Whether something outside works on the task right now. */
    public boolean isInFlight() {
        return this == RUNNING || this == EXECUTING || this == DELEGATED;
    }

    /** Whether nothing has been decided about it: it waits for its turn. */
    public boolean isUndecided() {
        return this == PENDING;
    }

    /** Whether its verdict is known and nobody has been asked for anything: then the verdict can be taken back. */
    public boolean mayBeRecalled() {
        return switch (this) {
            case DECIDED, QUEUED, AWAITING_BUDGET -> true;
            case PENDING,
                    DECIDING,
                    PREPARING,
                    GROUPED,
                    RUNNING,
                    DELEGATED,
                    REPEATING,
                    EXECUTING,
                    BACKING_OFF,
                    PARKED,
                    COMPLETED,
                    FAILED,
                    SKIPPED,
                    CANCELLED -> false;
        };
    }

    /** Whether something is being done, asked or waited for because of what its sources came to: it goes on with that. */
    public boolean worksBecauseOfItsSources() {
        return switch (this) {
            case DECIDING, PREPARING, GROUPED, RUNNING, DELEGATED, REPEATING, EXECUTING, BACKING_OFF, PARKED -> true;
            case PENDING, DECIDED, QUEUED, AWAITING_BUDGET, COMPLETED, FAILED, SKIPPED, CANCELLED -> false;
        };
    }

    /** Whether the run can do without it from now on, because nobody would have to be stopped who cannot be. */
    public boolean mayBeSkipped() {
        return switch (this) {
            case PENDING, DECIDING, DECIDED, PREPARING, QUEUED, AWAITING_BUDGET, BACKING_OFF, PARKED, DELEGATED -> true;
            case GROUPED, RUNNING, REPEATING, EXECUTING, COMPLETED, FAILED, SKIPPED, CANCELLED -> false;
        };
    }
}
