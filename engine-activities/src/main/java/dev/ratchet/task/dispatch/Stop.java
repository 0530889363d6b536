package dev.ratchet.task.dispatch;

/** Why an attempt is told to stop. */
enum Stop {
    /** The run wants no more of it. */
    CANCELLED,
    /** Its time is over. */
    TIMED_OUT,
    /** The worker shuts down. */
    SHUTDOWN
}
