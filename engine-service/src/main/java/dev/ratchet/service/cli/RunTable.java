package dev.ratchet.service.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Text;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A run as a table of its tasks. */
final class RunTable {
    private static final int MAX_NAME = 40;
    private static final int MAX_ROWS = 200;

    private RunTable() {}

    /** Lines of text: a header, the tasks, the totals. */
    static List<String> lines(JsonNode run, long nowMillis) {
        int width = Math.max(4, width(run));
        List<String> lines = new ArrayList<>();
        lines.add(row(width, "TASK", "STATE", "TOKENS", "COST", "TIME"));
        int shown = 0;
        for (Map.Entry<String, JsonNode> task : run.path("tasks").properties()) {
            if (++shown > MAX_ROWS) {
                lines.add("… and " + (run.path("tasks").size() - MAX_ROWS) + " more");
                break;
            }
            JsonNode body = task.getValue();
            lines.add(row(
                    width,
                    cut(task.getKey()),
                    state(body),
                    tokens(body.path("usage")),
                    cost(body.path("usage")),
                    time(body, nowMillis)));
        }
        lines.add(row(
                width,
                "total",
                run.path("state").asText() + (run.path("degraded").asBoolean() ? " (no worker answers)" : ""),
                tokens(run.path("usage")),
                cost(run.path("usage")),
                time(run, nowMillis)));
        JsonNode error = run.path("error");
        if (error.isObject()) {
            lines.add("error: " + error.path("code").asText() + ": "
                    + error.path("message").asText());
        }
        return lines;
    }

    /** One line of what happened to a task. */
    static String event(String key, JsonNode task) {
        String usage = task.path("usage").isObject()
                ? "  " + tokens(task.path("usage")) + " tokens " + cost(task.path("usage"))
                : "";
        JsonNode error = task.path("error");
        String why = error.isObject()
                ? "  " + error.path("code").asText() + ": "
                        + error.path("message").asText()
                : "";
        return key + "  " + state(task) + usage + why;
    }

    private static int width(JsonNode run) {
        int width = 5;
        for (Map.Entry<String, JsonNode> task : run.path("tasks").properties()) {
            width = Math.max(width, cut(task.getKey()).length());
        }
        return width;
    }

    private static String row(int width, String task, String state, String tokens, String cost, String time) {
        return ("%-" + width + "s  %-28s %9s %15s %9s")
                .formatted(task, state, tokens, cost, time)
                .stripTrailing();
    }

    private static String state(JsonNode task) {
        String state = task.path("state").asText();
        if (task.has("waiting_for")) {
            return state + " (" + task.path("waiting_for").asText() + ")";
        }
        if (task.has("reason")) {
            return state + " (" + task.path("reason").asText() + ")";
        }
        int attempts = task.path("attempts").asInt();
        return attempts > 1 ? state + " (attempt " + attempts + ")" : state;
    }

    private static String tokens(JsonNode usage) {
        return usage.path("tokens").asLong() == 0 ? "" : usage.path("tokens").asText();
    }

    private static String cost(JsonNode usage) {
        JsonNode cost = usage.path("cost");
        if (!cost.isObject()) {
            return "";
        }
        BigDecimal amount = cost.path("amount").decimalValue();
        return amount.toPlainString() + " " + cost.path("currency").asText();
    }

    private static String time(JsonNode timed, long nowMillis) {
        if (!timed.has("started_at")) {
            return "";
        }
        long end = timed.has("ended_at") ? timed.path("ended_at").asLong() : nowMillis;
        long millis = Math.max(0, end - timed.path("started_at").asLong());
        return millis < 10_000 ? millis + " ms" : "%.1f s".formatted(millis / 1000.0);
    }

    private static String cut(String name) {
        return Text.cut(name, MAX_NAME);
    }
}
