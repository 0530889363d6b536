package dev.ratchet.service.gateway;

import org.jspecify.annotations.Nullable;

/** What came of a query. */
sealed interface QueryAnswer<T> {
    /** A worker answered; null is an answer of some queries. */
    record Answered<T>(@Nullable T value) implements QueryAnswer<T> {}

    /** The execution has ended: its result tells more, and cheaper. */
    record Closed<T>() implements QueryAnswer<T> {}

    /**
     * No worker answered in time, or none could.
     *
     * @param why in the words of whoever failed
     */
    record Silent<T>(String why) implements QueryAnswer<T> {
        public Silent() {
            this("");
        }
    }
}
