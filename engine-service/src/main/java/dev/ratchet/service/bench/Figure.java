package dev.ratchet.service.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A figure that stands for itself: the plain SDK has nothing like it.
 *
 * @param name of the workload
 * @param text what was measured, on what
 * @param value what the goal is about; less is better
 * @param target what it may be at most, in the same unit
 * @param beside other figures of the same measurement by name, in the same unit, in the order they are shown in
 */
record Figure(String name, String text, String unit, double value, double target, Map<String, Double> beside) {
    private static final double MOST = 0.95;

    Figure {
        beside = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(beside));
    }

    /** The median of times in milliseconds, with the 95th of a hundred and the longest beside it. */
    static Figure ofTimes(String name, String text, double target, List<Double> times) {
        List<Double> sorted = times.stream().sorted().toList();
        Map<String, Double> beside = new LinkedHashMap<>();
        beside.put("p95", sorted.get((int) Math.ceil(MOST * sorted.size()) - 1));
        beside.put("max", sorted.getLast());
        return new Figure(name, text, "ms", Comparison.median(sorted), target, beside);
    }

    /** The same with one more figure beside it. */
    Figure with(String what, double much) {
        Map<String, Double> more = new LinkedHashMap<>(beside);
        more.put(what, much);
        return new Figure(name, text, unit, value, target, more);
    }

    boolean reachesTarget() {
        return value <= target;
    }
}
