package dev.ratchet.service.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command that asks a run for something. */
abstract class ControlCommand extends EngineCommand {
    @Mixin
    private final RunOptions run = new RunOptions();

    @Option(names = "--key", paramLabel = "KEY", description = "Idempotency key: the same key is the same request.")
    private @Nullable String key;

    /** What is called, below the run. */
    abstract String below();

    /** What is sent; absent for nothing. */
    @Nullable
    JsonNode body() {
        return null;
    }

    /** What a person is told of the answer. */
    String told(JsonNode answer) {
        return "run " + answer.path("id").asText() + " is "
                + answer.path("state").asText();
    }

    @Override
    String curl(EngineClient client) {
        JsonNode body = body();
        return CurlOption.post(client, run.path(below()), body == null ? null : Json.write(body));
    }

    @Override
    int call(EngineClient client, PrintWriter out) {
        JsonNode body = body();
        JsonNode answer = client.post(
                run.path(below()),
                body == null ? new byte[0] : Json.write(body).getBytes(StandardCharsets.UTF_8),
                key == null ? Map.of() : Map.of("Idempotency-Key", key));
        if (isJsonWanted()) {
            Display.json(out, answer);
        } else {
            print(out, told(answer));
        }
        return ExitStatus.COMPLETED;
    }
}
