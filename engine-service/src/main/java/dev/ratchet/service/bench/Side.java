package dev.ratchet.service.bench;

/** One of the two that are compared. Thread-safe. */
interface Side extends AutoCloseable {
    /** Runs the graph once and returns when it ended well. */
    void run(Shape shape);

    @Override
    default void close() {}
}
