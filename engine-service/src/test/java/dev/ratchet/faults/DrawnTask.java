package dev.ratchet.faults;

import java.util.List;

/**
 * A task of a drawn run, as far as its author can say what becomes of it.
 *
 * @param rule its {@code trigger_rule}
 * @param wanted what its own {@code when} gives
 * @param fails whether it fails once it runs; else it completes
 * @param allowFailure whether that leaves the run alone
 */
record DrawnTask(String id, List<Edge> edges, String rule, boolean wanted, boolean fails, boolean allowFailure) {
    /**
     * What it depends on.
     *
     * @param holds what the condition of the edge gives
     */
    record Edge(String source, boolean holds) {}

    DrawnTask {
        edges = List.copyOf(edges);
    }
}
