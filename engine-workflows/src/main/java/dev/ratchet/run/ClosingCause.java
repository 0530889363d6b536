package dev.ratchet.run;

/** Why a run comes to its end before all its tasks had their turn. */
public enum ClosingCause {
    /** A task failed, and the policy is to stop at once. */
    FAILED_FAST(SkipReason.RUN_FAILED),
    /** A task failed, and the policy is to let what runs finish. */
    FAILED_FINISHING(SkipReason.RUN_FAILED),
    /** Money was refused, and the policy is to stop at a failure. */
    OVER_BUDGET(SkipReason.BUDGET),
    /** Somebody asked for it. */
    ABORTED(SkipReason.RUN_ABORTED),
    /** The run's time is over, or nothing happened for too long. */
    TIMED_OUT(SkipReason.RUN_TIMED_OUT),
    /** An internal contradiction, found instead of a hang. */
    BROKEN(SkipReason.RUN_FAILED);

    private final SkipReason reason;

    ClosingCause(SkipReason reason) {
        this.reason = reason;
    }

    /** The reason of what had not started. */
    public SkipReason reason() {
        return reason;
    }
}
