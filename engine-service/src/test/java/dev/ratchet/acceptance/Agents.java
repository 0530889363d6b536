package dev.ratchet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Agents as they are outside: they poll a queue, and complete what they got. Thread-safe. */
record Agents(Api api, String queue) {
    /** The next assignment; null when none came in time. */
    @Nullable
    JsonNode next(long waitMs, long leaseMs) {
        HttpResponse<byte[]> answer = api.look("/agents/" + queue + "/next?wait_ms=" + waitMs + "&lease_ms=" + leaseMs);
        assertThat(answer.statusCode()).isIn(200, 204);
        return answer.statusCode() == 204
                ? null
                : Json.read(new String(answer.body(), StandardCharsets.UTF_8), JsonNode.class);
    }

    /** Completes an assignment, or any other task. */
    JsonNode complete(String run, String task, String body, int status) {
        return api.post("/runs/" + run + "/tasks/" + task + "/complete", body, status);
    }

    JsonNode tell(String run, String task, String verb, String body, int status) {
        return api.post("/runs/" + run + "/tasks/" + task + "/" + verb, body, status);
    }
}
