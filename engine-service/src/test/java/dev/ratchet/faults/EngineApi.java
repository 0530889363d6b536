package dev.ratchet.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.ratchet.document.Json;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;

/** The REST API as a patient client sees it. Thread-safe. */
public record EngineApi(String url) {
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private static final int PATIENT_TRIES = 10;
    private static final Set<String> TERMINAL = Set.of("completed", "failed", "aborted", "exhausted");

    /** What was answered. */
    public record Answer(int status, JsonNode body) {}

    /** Whether somebody answers at all. */
    public boolean answers() {
        try {
            return get("/task-types", 5).status() == 200;
        } catch (IOException nobody) {
            return false;
        }
    }

    /** Sends a document once. */
    Answer post(JsonNode document) throws IOException {
        return post("/runs", document);
    }

    /** Sends a body once. */
    public Answer post(String path, JsonNode body) throws IOException {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(body)))
                .timeout(Duration.ofSeconds(30)));
    }

    /** Sends a document that must be accepted, again while the answer is that it cannot be now: the id makes that safe. */
    public JsonNode submit(JsonNode document) {
        try {
            Answer answer = post(document);
            for (int tries = 1; answer.status() == 503 && tries < PATIENT_TRIES; tries++) {
                Pause.of(Duration.ofSeconds(1));
                answer = post(document);
            }
            assertThat(answer.status()).as("%s", answer.body()).isEqualTo(202);
            return answer.body();
        } catch (IOException failed) {
            throw new AssertionError("Expected the API to accept a run, but " + failed, failed);
        }
    }

    /** Sends a patch once. The key makes it safe to send it again. */
    Answer patch(String run, PatchScript.Patch patch, String key) throws IOException {
        return send(patching(run, patch, key));
    }

    /** Sends a patch whole, and is gone before there can be an answer. */
    void patchAndHangUp(String run, PatchScript.Patch patch, String key) throws IOException {
        HttpRequest request = patching(run, patch, key).build();
        byte[] body = Json.write(patch.operations()).getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder("PATCH " + request.uri().getPath() + " HTTP/1.1\r\nHost: "
                + request.uri().getAuthority() + "\r\nContent-Length: " + body.length + "\r\n");
        request.headers()
                .map()
                .forEach((name, values) ->
                        head.append(name).append(": ").append(values.getFirst()).append("\r\n"));
        try (Socket socket = new Socket(request.uri().getHost(), request.uri().getPort())) {
            socket.getOutputStream().write((head + "\r\n").getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
        }
    }

    private HttpRequest.Builder patching(String run, PatchScript.Patch patch, String key) {
        return HttpRequest.newBuilder(uri("/runs/" + run + "/patch"))
                .header("Content-Type", "application/json-patch+json")
                .header("If-Match", Integer.toString(patch.revision()))
                .header("Idempotency-Key", key)
                .method("PATCH", HttpRequest.BodyPublishers.ofString(Json.write(patch.operations())))
                .timeout(Duration.ofSeconds(30));
    }

    public Answer abort(String run) throws IOException {
        return send(HttpRequest.newBuilder(uri("/runs/" + run + "/abort"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(30)));
    }

    public JsonNode run(String run) {
        return must("/runs/" + run);
    }

    JsonNode attempts(String run, String task) {
        return must("/runs/" + run + "/tasks/" + URLEncoder.encode(task, StandardCharsets.UTF_8) + "/attempts")
                .path("attempts");
    }

    /** The run once it ended, however often the service goes away meanwhile. */
    public JsonNode awaitEnd(String run, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        JsonNode last = NullNode.getInstance();
        while (System.nanoTime() < deadline) {
            try {
                Answer answer = get("/runs/" + run + "?until=terminal&wait_ms=5000", 15);
                last = answer.body();
                if (answer.status() == 200
                        && TERMINAL.contains(last.path("state").asText())
                        && last.has("version")) {
                    return last;
                }
            } catch (IOException away) {
                // it comes back
            }
            Pause.of(Duration.ofMillis(50));
        }
        throw new AssertionError("Expected " + run + " to end within " + patience + ", but it is " + last);
    }

    Answer get(String path, int patienceSeconds) throws IOException {
        return send(HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(patienceSeconds)));
    }

    /** The answer of a GET that is to succeed. */
    JsonNode must(String path) {
        try {
            Answer answer = get(path, 30);
            assertThat(answer.status()).as("%s: %s", path, answer.body()).isEqualTo(200);
            return answer.body();
        } catch (IOException failed) {
            throw new AssertionError("Expected the API to answer " + path + ", but " + failed, failed);
        }
    }

    private URI uri(String path) {
        return URI.create(url + "/api/v1" + path);
    }

    private static Answer send(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<String> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    answer.statusCode(),
                    answer.body().isEmpty()
                            ? NullNode.getInstance()
                            : Json.mapper().readTree(answer.body()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }
}
