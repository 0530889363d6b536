package dev.ratchet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The engine as its users meet it: HTTP and JSON, nothing of ours in between. Thread-safe. */
final class Api {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String base;

    Api(String url) {
        this.base = url + "/api/v1";
    }

    /** Submits a document that is to be accepted. */
    RunHandle submit(ObjectNode document) {
        JsonNode accepted = json(send(post("/runs", document.toString())), 202);
        return new RunHandle(this, accepted.path("id").asText());
    }

    /** The answer of a GET that is to succeed. */
    JsonNode get(String path) {
        return json(send(request(path).build()), 200);
    }

    /** The answer of a GET, whatever it is. */
    HttpResponse<byte[]> look(String path) {
        return send(request(path).build());
    }

    /** The answer of a POST of anything, whatever it is. */
    HttpResponse<byte[]> send(String path, byte[] body, String type) {
        return send(request(path)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build());
    }

    byte[] bytes(String path) {
        HttpResponse<byte[]> response = send(request(path).build());
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        return response.body();
    }

    /** The answer of a POST that is to end with that status. */
    JsonNode post(String path, String body, int status) {
        return json(send(post(path, body)), status);
    }

    /** The answer of a patch that is made for a revision and is to end with that status. */
    JsonNode patch(String path, String operations, int revision, int status) {
        return json(
                send(request(path)
                        .header("Content-Type", "application/json")
                        .header("If-Match", Integer.toString(revision))
                        .method("PATCH", HttpRequest.BodyPublishers.ofString(operations))
                        .build()),
                status);
    }

    private HttpRequest post(String path, String body) {
        return request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(90));
    }

    private static JsonNode json(HttpResponse<byte[]> response, int status) {
        String body = new String(response.body(), StandardCharsets.UTF_8);
        assertThat(response.statusCode())
                .as(body.substring(0, Math.min(body.length(), 2_000)))
                .isEqualTo(status);
        return Json.read(body, JsonNode.class);
    }

    private static HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Expected an answer, but the test was interrupted", stopped);
        }
    }
}
