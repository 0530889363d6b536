package dev.ratchet.verdict;

/** What an edge says to its target, once its source is settled (contract, part 4). */
public enum EdgeStatus {
    /** The source completed, the port is there, the condition holds. */
    LIVE,
    /** The source failed, was cancelled, or was skipped because of a failure. */
    FAILED,
    /** Port absent, condition false, or the source was skipped by a condition. */
    UNTAKEN
}
