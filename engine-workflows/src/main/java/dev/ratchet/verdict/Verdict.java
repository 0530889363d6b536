package dev.ratchet.verdict;

/** What becomes of a task whose upstream is settled. */
public enum Verdict {
    RUN,
    /** Skipped, blocked by the sources of its failed edges. */
    SKIP_UPSTREAM_FAILURE,
    /** Skipped, blocked by the sources of its untaken edges. */
    SKIP_CONDITION,
    /** Skipped: it runs after a failure only, and there was none. */
    SKIP_RULE_NOT_MET
}
