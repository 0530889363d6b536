package dev.ratchet.service.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The table and the JSON of a benchmark. */
final class BenchReport {
    private static final String HEAD = """
            | workload | graph | plain SDK | Ratchet | ratio (min–max) | to reach | CPU per task, ms: plain → Ratchet |
            | --- | --- | --- | --- | --- | --- | --- |
            """;

    private final Map<String, String> conditions;
    private final List<Comparison> comparisons;
    private final Map<String, MemoryProbe.Peak> memory;

    /**
     * @param conditions machine, versions and settings
     * @param memory peaks of the widest run by side; empty when they were not measured
     */
    BenchReport(Map<String, String> conditions, List<Comparison> comparisons, Map<String, MemoryProbe.Peak> memory) {
        this.conditions = conditions;
        this.comparisons = List.copyOf(comparisons);
        this.memory = memory;
    }

    String table() {
        StringBuilder text = new StringBuilder();
        conditions.forEach((name, value) ->
                text.append("- ").append(name).append(": ").append(value).append('\n'));
        text.append('\n').append(HEAD);
        comparisons.forEach(comparison -> text.append(row(comparison)));
        if (!memory.isEmpty()) {
            text.append(memoryRow());
        }
        return text.toString();
    }

    private static String row(Comparison c) {
        Workload workload = c.workload();
        List<Double> ratios = c.ratios();
        return "| %s | %s | %s | %s | %.3f (%.3f–%.3f) | %s %s %s | %.2f → %.2f |%n"
                .formatted(
                        workload.name(),
                        workload.text(),
                        text(workload, Comparison.median(Comparison.values(c.raw()))),
                        text(workload, Comparison.median(Comparison.values(c.ratchet()))),
                        c.ratio(),
                        ratios.getFirst(),
                        ratios.getLast(),
                        workload.measure().moreIsBetter() ? "≥" : "≤",
                        workload.target(),
                        c.isReached() ? "✓" : "✗",
                        Comparison.cpu(c.raw()),
                        Comparison.cpu(c.ratchet()));
    }

    private String memoryRow() {
        MemoryProbe.Peak raw = peak("raw");
        MemoryProbe.Peak ratchet = peak("ratchet");
        double ratio = (double) ratchet.both() / raw.both();
        return "| W6 memory | peak of both processes | %d MB (worker %d, server %d) | %d MB (worker %d, server %d) | %.3f | ≤ 0.5 %s | |%n"
                .formatted(
                        raw.both(),
                        raw.worker(),
                        raw.server(),
                        ratchet.both(),
                        ratchet.worker(),
                        ratchet.server(),
                        ratio,
                        ratio <= 0.5 ? "✓" : "✗");
    }

    private MemoryProbe.Peak peak(String side) {
        MemoryProbe.Peak peak = memory.get(side);
        if (peak == null) {
            throw new IllegalStateException("Expected a peak of the " + side + " side, but there is none");
        }
        return peak;
    }

    private static String text(Workload workload, double value) {
        return switch (workload.measure()) {
            case MS_PER_TASK -> "%.2f ms/hop".formatted(value);
            case SECONDS_PER_RUN -> "%.2f s".formatted(value);
            case MS_PER_RUN -> "%.1f ms".formatted(value);
            case RUNS_PER_SECOND -> "%.1f runs/s".formatted(value);
        };
    }

    String json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ObjectNode where = root.putObject("conditions");
        conditions.forEach(where::put);
        ArrayNode list = root.putArray("workloads");
        for (Comparison c : comparisons) {
            ObjectNode node = list.addObject()
                    .put("name", c.workload().name())
                    .put("graph", c.workload().text())
                    .put("measure", c.workload().measure().name().toLowerCase(Locale.ROOT))
                    .put("ratio", c.ratio())
                    .put("target", c.workload().target())
                    .put("reached", c.isReached());
            readings(node.putArray("raw"), c.raw());
            readings(node.putArray("ratchet"), c.ratchet());
        }
        ObjectNode peaks = root.putObject("memory_mb");
        memory.forEach((side, peak) ->
                peaks.putObject(side).put("worker", peak.worker()).put("server", peak.server()));
        return root.toPrettyString();
    }

    private static void readings(ArrayNode array, List<Stopwatch.Reading> readings) {
        readings.forEach(reading ->
                array.addObject().put("value", reading.value()).put("cpu_ms_per_task", reading.cpuMsPerTask()));
    }
}
