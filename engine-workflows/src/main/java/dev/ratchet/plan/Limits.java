package dev.ratchet.plan;

/**
 * How large a graph may be (contract, part 10).
 *
 * @param tasks in a document
 * @param edges in a document
 * @param parallelism largest {@code max_parallelism}; 500 at most, whatever is said here
 * @param expressionBytes of one expression or JSONPath; 4 KB at most, whatever is said here
 */
public record Limits(int tasks, int edges, int parallelism, int expressionBytes) {
    /** Runs within runs. */
    public static final int RUNS_WITHIN_RUNS = 5;

    /** 10,000 tasks, 50,000 edges, 500 in parallel and 4 KB. */
    public static final Limits DEFAULT = new Limits(10_000, 50_000, 500, 4 * 1024);
}
