package dev.ratchet.faults;

/** What somebody asks of a drawn run while it goes on. */
enum Meddling {
    NONE,
    PAUSE_AND_RESUME,
    ABORT,
    PATCH,
    SKIP,
    RETRY,
    EARLY_ANSWER
}
