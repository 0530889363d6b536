package dev.ratchet.service.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.Json;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Gives a task an answer, or prints the call that would. */
record AnswerCall(PrintWriter out, EngineClient client, boolean curl, boolean json) {
    int make(String path, ObjectNode body) {
        if (curl) {
            out.println(CurlOption.post(client, path, body.isEmpty() ? null : Json.write(body)));
            out.flush();
            return ExitStatus.COMPLETED;
        }
        JsonNode answer = client.post(path, Json.write(body).getBytes(StandardCharsets.UTF_8), Map.of());
        if (json) {
            Display.json(out, answer);
        } else {
            Display.line(
                    out,
                    "task " + answer.path("id").asText() + " is "
                            + answer.path("state").asText());
            out.flush();
        }
        return ExitStatus.COMPLETED;
    }

    /** An option's value as JSON. */
    static JsonNode read(String option, String text) {
        try {
            JsonNode json = Json.mapper().readTree(text);
            if (json != null && !json.isMissingNode()) {
                return json;
            }
        } catch (JsonProcessingException malformed) {
            throw new CommandException(
                    ExitStatus.REFUSED,
                    "Expected %s to be JSON, but %s".formatted(option, malformed.getOriginalMessage()),
                    malformed);
        }
        throw new CommandException(ExitStatus.REFUSED, "Expected %s to be JSON, but it is empty".formatted(option));
    }
}
