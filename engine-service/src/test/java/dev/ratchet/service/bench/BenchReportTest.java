package dev.ratchet.service.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BenchReportTest {
    private static final int CELLS = 7;

    private final BenchReport report = new BenchReport(Map.of("machine", "2 cores"));

    @Test
    void shouldShowAFigureThatStandsForItselfInTheTableOfRatios() {
        Map<String, Double> beside = new LinkedHashMap<>();
        beside.put("heap", 17.04);
        beside.put("resident", 40.0);

        String row = report.add(List.of(new Figure("W7 memory", "a parked run", "KB", 18.26, 20, beside)));

        assertThat(row)
                .isEqualTo("| W7 memory | a parked run | – | 18.3 KB (heap 17.0, resident 40.0) | – | ≤ 20 KB ✓ | |%n"
                        .formatted());
        assertThat(cells(row))
                .isEqualTo(CELLS)
                .isEqualTo(cells(report.head().lines().toList().get(2)));
    }

    @Test
    void shouldMarkAFigureThatMissesItsTarget() {
        assertThat(report.add(List.of(new Figure("W8", "GET", "ms", 10.2, 10, Map.of("p95", 12.0)))))
                .contains("≤ 10 ms ✗");
    }

    @Test
    void shouldShowFiguresLinesInTheirOrder() {
        String rows = report.add(List.of(
                new Figure("W7 memory", "a", "KB", 1, 20, Map.of("heap", 1.0)),
                new Figure("W7", "b", "ms", 1, 50, Map.of("p95", 1.0))));

        assertThat(rows.lines()).hasSize(2).first().asString().startsWith("| W7 memory |");
    }

    @Test
    void shouldWriteFiguresApartFromRatios() {
        report.add(List.of(new Figure("W7", "answer to next task", "ms", 17, 50, Map.of("p95", 28.0))));

        JsonNode json = Json.read(report.json(), JsonNode.class);

        assertThat(json.path("workloads")).isEmpty();
        assertThat(json.path("figures").get(0)).isEqualTo(Json.read("""
                        {"name": "W7", "graph": "answer to next task", "unit": "ms", "value": 17.0, "target": 50.0,
                         "reached": true, "beside": {"p95": 28.0}}""", JsonNode.class));
    }

    @Test
    void shouldKeepALineForWhatCouldNotBeMeasured() {
        String row = report.failed("W7", new IllegalStateException("Expected figures, but:\n a | b"));

        assertThat(cells(row)).isEqualTo(CELLS);
        assertThat(report.hasFailures()).isTrue();
        assertThat(Json.read(report.json(), JsonNode.class).path("failed").has("W7"))
                .isTrue();
    }

    private static long cells(String row) {
        return row.chars().filter(c -> c == '|').count() - 1;
    }
}
