package dev.ratchet.service.bench;

import java.util.List;

/**
 * A workload as it was measured, pass by pass.
 *
 * @param raw readings of the plain SDK, one for each pass
 * @param ratchet readings of Ratchet, one for each pass
 */
record Comparison(Workload workload, List<Stopwatch.Reading> raw, List<Stopwatch.Reading> ratchet) {
    Comparison {
        raw = List.copyOf(raw);
        ratchet = List.copyOf(ratchet);
    }

    /** Ratchet over the plain SDK, of the passes' medians. */
    double ratio() {
        return median(values(ratchet)) / median(values(raw));
    }

    /** The same within each pass, ascending. */
    List<Double> ratios() {
        List<Double> a = values(ratchet);
        List<Double> b = values(raw);
        return java.util.stream.IntStream.range(0, a.size())
                .mapToObj(i -> a.get(i) / b.get(i))
                .sorted()
                .toList();
    }

    boolean isReached() {
        return workload.measure().moreIsBetter() ? ratio() >= workload.target() : ratio() <= workload.target();
    }

    static List<Double> values(List<Stopwatch.Reading> readings) {
        return readings.stream().map(Stopwatch.Reading::value).toList();
    }

    static double cpu(List<Stopwatch.Reading> readings) {
        return median(readings.stream().map(Stopwatch.Reading::cpuMsPerTask).toList());
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
