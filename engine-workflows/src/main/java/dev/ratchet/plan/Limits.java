package dev.ratchet.plan;

/**
 * How large a graph may be (contract, part 10).
 *
 * @param tasks in a document
 * @param edges in a document
 */
public record Limits(int tasks, int edges) {
    /** 10,000 tasks and 50,000 edges. */
    public static final Limits DEFAULT = new Limits(10_000, 50_000);
}
