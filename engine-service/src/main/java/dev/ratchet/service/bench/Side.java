package dev.ratchet.service.bench;

import java.time.Duration;

/** One of the two that are compared. Thread-safe. */
interface Side extends AutoCloseable {
    /** No graph of the table takes longer unless something is broken. */
    Duration LONGEST = Duration.ofMinutes(5);

    /** Runs the graph once and returns when it ended well. */
    void run(Shape shape);

    @Override
    default void close() {}
}
