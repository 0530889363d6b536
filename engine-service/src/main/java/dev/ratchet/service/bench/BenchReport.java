package dev.ratchet.service.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The table and the JSON of a benchmark; lines are there as soon as their workload is measured. Not thread-safe. */
final class BenchReport {
    private static final String HEAD = """
            | workload | graph | plain SDK | Ratchet | ratio (min–max) | to reach | CPU per task, ms: plain → Ratchet |
            | --- | --- | --- | --- | --- | --- | --- |
            """;

    private static final double MEMORY_TARGET = 0.5;

    private final Map<String, String> conditions;
    private final List<Comparison> comparisons = new ArrayList<>();
    private final Map<String, MemoryProbe.Peak> memory = new LinkedHashMap<>();
    private final List<Figure> figures = new ArrayList<>();
    private final Map<String, String> failures = new LinkedHashMap<>();

    /** @param conditions machine, versions and settings */
    BenchReport(Map<String, String> conditions) {
        this.conditions = conditions;
    }

    /** What stands above the first line. */
    String head() {
        StringBuilder text = new StringBuilder();
        conditions.forEach((name, value) ->
                text.append("- ").append(name).append(": ").append(value).append('\n'));
        return text.append('\n').append(HEAD).toString();
    }

    /** Keeps a workload that was measured; returns its line. */
    String add(Comparison comparison) {
        comparisons.add(comparison);
        return row(comparison);
    }

    /** Keeps the peaks of the widest run; returns their line. */
    String add(MemoryProbe.Peak raw, MemoryProbe.Peak ratchet) {
        memory.put("raw", raw);
        memory.put("ratchet", ratchet);
        return row(raw, ratchet);
    }

    /** Keeps figures that stand for themselves; returns their lines. */
    String add(List<Figure> more) {
        figures.addAll(more);
        return more.stream().map(BenchReport::row).collect(Collectors.joining());
    }

    /** Keeps that a workload could not be measured; returns its line. */
    String failed(String workload, Exception why) {
        failures.put(workload, why.toString());
        String text = why.toString().replaceAll("\\s+", " ").replace('|', '/');
        return "| %s | failed: %s | | | | ✗ | |%n".formatted(workload, text);
    }

    boolean hasFailures() {
        return !failures.isEmpty();
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

    private static String row(MemoryProbe.Peak raw, MemoryProbe.Peak ratchet) {
        double ratio = (double) ratchet.both() / raw.both();
        return "| W6 memory | peak of both processes | %s | %s | %.3f | ≤ %s %s | |%n"
                .formatted(text(raw), text(ratchet), ratio, MEMORY_TARGET, ratio <= MEMORY_TARGET ? "✓" : "✗");
    }

    private static String row(Figure figure) {
        String beside = figure.beside().entrySet().stream()
                .map(entry -> "%s %.1f".formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
        return "| %s | %s | – | %.1f %s (%s) | – | ≤ %s %s %s | |%n"
                .formatted(
                        figure.name(),
                        figure.text(),
                        figure.value(),
                        figure.unit(),
                        beside,
                        new BigDecimal(String.valueOf(figure.target()))
                                .stripTrailingZeros()
                                .toPlainString(),
                        figure.unit(),
                        figure.reachesTarget() ? "✓" : "✗");
    }

    private static String text(MemoryProbe.Peak peak) {
        return "%d MB (worker %d, server %d)".formatted(peak.both(), peak.worker(), peak.server());
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
        ArrayNode alone = root.putArray("figures");
        figures.forEach(figure -> put(alone.addObject(), figure));
        ObjectNode broken = root.putObject("failed");
        failures.forEach(broken::put);
        return root.toPrettyString();
    }

    private static void put(ObjectNode node, Figure figure) {
        node.put("name", figure.name())
                .put("graph", figure.text())
                .put("unit", figure.unit())
                .put("value", figure.value())
                .put("target", figure.target())
                .put("reached", figure.reachesTarget());
        ObjectNode beside = node.putObject("beside");
        figure.beside().forEach(beside::put);
    }

    private static void readings(ArrayNode array, List<Stopwatch.Reading> readings) {
        readings.forEach(reading ->
                array.addObject().put("value", reading.value()).put("cpu_ms_per_task", reading.cpuMsPerTask()));
    }
}
