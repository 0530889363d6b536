package dev.ratchet.service.resources;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Calls an API over HTTP, as its users do. */
final class Api {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private final String base;

    Api(String url) {
        this.base = url + "/api/v1";
    }

    /** An answer. */
    record Answer(int status, Map<String, java.util.List<String>> headers, String text) {
        JsonNode json() {
            try {
                return Json.mapper().readTree(text);
            } catch (IOException e) {
                throw new AssertionError("Expected JSON, but it was " + text, e);
            }
        }

        String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().get(0))
                    .findFirst()
                    .orElse("");
        }

        Answer expect(int expected) {
            assertThat(status).as(text).isEqualTo(expected);
            return this;
        }

        /** Asserts a problem of the closed table. */
        JsonNode problem(int expected, String code) {
            expect(expected);
            assertThat(header("Content-Type")).isEqualTo("application/problem+json");
            JsonNode problem = json();
            assertThat(problem.path("code").asText()).as(text).isEqualTo(code);
            assertThat(problem.path("status").asInt()).isEqualTo(expected);
            assertThat(problem.path("message").asText())
                    .startsWith("Expected ")
                    .isEqualTo(problem.path("detail").asText());
            assertThat(text).doesNotContain("dev.ratchet", "java.", "Exception");
            return problem;
        }
    }

    Answer get(String path, String... headers) throws Exception {
        return send(request(path, headers).GET());
    }

    Answer post(String path, String body, String... headers) throws Exception {
        return post(path, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    Answer post(String path, byte[] body, String... headers) throws Exception {
        return send(request(path, headers).POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    Answer patch(String path, String body, String... headers) throws Exception {
        String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = "application/json";
        return send(request(path, all).method("PATCH", HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Submits a document as JSON. */
    Answer submit(String document, String... headers) throws Exception {
        String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = "application/json";
        return post("/runs", document, all);
    }

    /** Submits and waits for the end. */
    JsonNode run(String document) throws Exception {
        JsonNode accepted = submit(document).expect(202).json();
        return ended(accepted.path("id").asText());
    }

    JsonNode ended(String id) throws Exception {
        JsonNode run =
                get("/runs/" + id + "?wait_ms=30000&until=terminal").expect(200).json();
        assertThat(run.path("ended_at").isNumber()).as(run.toString()).isTrue();
        return run;
    }

    private HttpRequest.Builder request(String path, String... headers) {
        String encoded = path.replace("[", "%5B").replace("]", "%5D");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + encoded));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static Answer send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(answer.statusCode(), answer.headers().map(), answer.body());
    }
}
