package dev.ratchet.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Answers for many pairs at once whether one task is upstream of another. Sixty-four of the asked-for tasks are followed
 * along the graph together, so the cost is one pass for each sixty-four, however many ask.
 */
final class Ancestry {
    private final Links links;
    private final int[] order;

    Ancestry(Links links, Order order) {
        this.links = links;
        this.order = order.placed();
    }

    /** {@code reader} wants {@code read} to be upstream of it. */
    record Pair(int reader, int read) {}

    /** Those of the pairs for which it is not so. Tasks without a place in the order are left in peace. */
    Set<Pair> missing(List<Pair> pairs) {
        Map<Integer, List<Pair>> byRead = new HashMap<>();
        List<Integer> reads = new ArrayList<>();
        for (Pair pair : pairs) {
            byRead.computeIfAbsent(pair.read(), read -> {
                        reads.add(read);
                        return new ArrayList<>();
                    })
                    .add(pair);
        }
        Set<Pair> missing = new HashSet<>();
        for (int from = 0; from < reads.size(); from += Long.SIZE) {
            List<Integer> some = reads.subList(from, Math.min(from + Long.SIZE, reads.size()));
            long[] upstream = follow(some);
            for (int bit = 0; bit < some.size(); bit++) {
                for (Pair pair : byRead.getOrDefault(some.get(bit), List.of())) {
                    if ((upstream[pair.reader()] >>> bit & 1) == 0) {
                        missing.add(pair);
                    }
                }
            }
        }
        return missing;
    }

    /** For each task, which of the given ones are upstream, as bits in their order. */
    private long[] follow(List<Integer> reads) {
        long[] own = new long[links.size()];
        for (int bit = 0; bit < reads.size(); bit++) {
            own[reads.get(bit)] = 1L << bit;
        }
        long[] upstream = new long[links.size()];
        java.util.Arrays.fill(upstream, -1);
        for (int task : order) {
            long bits = 0;
            for (int source : links.sources(task)) {
                bits |= upstream[source] | own[source];
            }
            upstream[task] = bits;
        }
        return upstream;
    }
}
