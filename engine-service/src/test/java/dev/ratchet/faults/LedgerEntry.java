package dev.ratchet.faults;

/**
 * One line of the effect ledger.
 *
 * @param seq number of the line, from 0
 * @param nanos the ledger's monotonic clock
 * @param at epoch milliseconds
 * @param call number of the raw delivery that the line belongs to
 * @param name what the URL called the effect
 * @param key the idempotency key
 */
record LedgerEntry(long seq, long nanos, long at, Kind kind, long call, String name, String key) {
    /** What happened. */
    enum Kind {
        /** A call arrived whole; nothing is done yet. */
        DELIVERED,
        /** The effect was done: once for each key. */
        APPLIED,
        /** The answer was written. */
        ANSWERED,
        /** The caller closed the connection before it had an answer. */
        HUNG_UP
    }

    /** The same line as if another kind of thing had happened: for doctored ledgers. */
    LedgerEntry as(Kind other, long otherSeq) {
        return new LedgerEntry(otherSeq, nanos, at, other, call, name, key);
    }
}
