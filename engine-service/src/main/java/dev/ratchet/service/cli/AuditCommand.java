package dev.ratchet.service.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows who has asked a run for what, and why. */
@Command(name = "audit", description = "Shows who has asked a run for what, and why.", mixinStandardHelpOptions = true)
final class AuditCommand extends EngineCommand {
    private static final String BELOW = "/audit";

    @Mixin
    private final RunOptions run = new RunOptions();

    @Override
    String curl(EngineClient client) {
        return CurlOption.get(client, run.path(BELOW));
    }

    @Override
    int call(EngineClient client, PrintWriter out) {
        JsonNode answer = client.get(run.path(BELOW));
        if (isJsonWanted()) {
            Display.json(out, answer);
            return ExitStatus.COMPLETED;
        }
        if (answer.has("dropped")) {
            Display.line(out, answer.path("dropped").asText() + " earlier ones are not kept");
        }
        answer.path("items").forEach(item -> Display.line(out, line(item)));
        out.flush();
        return ExitStatus.COMPLETED;
    }

    private static String line(JsonNode item) {
        StringBuilder line = new StringBuilder();
        line.append(Instant.ofEpochMilli(item.path("at").asLong()).truncatedTo(ChronoUnit.SECONDS));
        line.append("  ").append(item.path("request").asText());
        append(line, " ", item.path("task").asText());
        append(line, " to ", limit(item.path("budget_limit")));
        JsonNode by = item.path("by");
        append(line, " by ", by.isObject() ? "task " + by.path("task").asText() : by.asText());
        append(line, ": ", item.path("reason").asText());
        append(line, " (refused: ", item.path("refused").path("code").asText());
        return line.append(item.has("refused") ? ")" : "").toString();
    }

    private static String limit(JsonNode limit) {
        return limit.isObject()
                ? limit.path("amount").asText() + " " + limit.path("currency").asText()
                : "";
    }

    private static void append(StringBuilder line, String before, String text) {
        if (!text.isEmpty()) {
            line.append(before).append(text);
        }
    }
}
