package dev.ratchet.service.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Talks to an engine over its API; what passes by itself is tried again for half a minute. Whatever goes wrong is a {@link CommandException} with the right exit status. */
final class EngineClient {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(75);
    private static final int FIRST_REFUSAL = 400;
    private static final int FIRST_FAILURE = 500;
    private static final int UNAVAILABLE = 503;
    private static final int MAX_AGAIN = 15;
    private static final long MAX_PAUSE_SECONDS = 10;

    private final HttpClient http;
    private final String base;

    EngineClient(String base) {
        this.base = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .build();
    }

    String base() {
        return base;
    }

    /** @param path with its query, below {@code /api/v1} */
    JsonNode get(String path) {
        return json(send(request(path).GET().build()));
    }

    String getText(String path) {
        return send(request(path).GET().build());
    }

    JsonNode post(String path, byte[] body, Map<String, String> headers) {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        return json(send(request.build()));
    }

    /** Whether an engine of ours answers there. */
    boolean answers() {
        try {
            HttpRequest request = request("/task-types").timeout(CONNECT).GET().build();
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() < FIRST_REFUSAL && response.body().contains("\"items\"");
        } catch (IOException silent) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private HttpRequest.Builder request(String path) {
        try {
            return HttpRequest.newBuilder(URI.create(base + "/api/v1" + path)).timeout(ANSWER);
        } catch (IllegalArgumentException malformed) {
            throw new CommandException(
                    ExitStatus.REFUSED, "Expected the engine's address to be a URL, but it is " + base, malformed);
        }
    }

    private String send(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            for (int again = 0; response.statusCode() == UNAVAILABLE && again < MAX_AGAIN; again++) {
                TimeUnit.SECONDS.sleep(pause(response));
                response = http.send(request, HttpResponse.BodyHandlers.ofString());
            }
            if (response.statusCode() >= FIRST_REFUSAL) {
                throw refused(response);
            }
            return response.body();
        } catch (IOException silent) {
            throw new CommandException(
                    ExitStatus.UNREACHABLE,
                    "Expected an engine at %s, but none answers. Start one with 'ratchet up', or name it with --url."
                            .formatted(base),
                    silent);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CommandException(ExitStatus.FAILED, "Expected an answer, but was interrupted", stopped);
        }
    }

    /** What an engine that cannot answer now asks for, in seconds. */
    private static long pause(HttpResponse<String> response) {
        long asked = response.headers().firstValueAsLong("Retry-After").orElse(1);
        return Math.clamp(asked, 1, MAX_PAUSE_SECONDS);
    }

    private static CommandException refused(HttpResponse<String> response) {
        int status = response.statusCode() >= FIRST_FAILURE ? ExitStatus.FAILED : ExitStatus.REFUSED;
        JsonNode problem = problem(response.body());
        if (problem == null) {
            return new CommandException(
                    status, "Expected an answer of the engine, but it was HTTP status " + response.statusCode());
        }
        StringBuilder text = new StringBuilder()
                .append(problem.path("code").asText())
                .append(": ")
                .append(problem.path("message").asText());
        problem.path("errors")
                .forEach(error -> text.append("\n  ")
                        .append(Problems.line(
                                error.path("pointer").asText(),
                                error.path("code").asText(),
                                error.path("message").asText())));
        return new CommandException(status, text.toString());
    }

    private static @Nullable JsonNode problem(String body) {
        try {
            JsonNode json = Json.mapper().readTree(body);
            return json != null && json.has("code") ? json : null;
        } catch (IOException foreign) {
            return null;
        }
    }

    private static JsonNode json(String body) {
        try {
            return Json.mapper().readTree(body);
        } catch (IOException foreign) {
            throw new CommandException(
                    ExitStatus.FAILED, "Expected JSON from the engine, but it answered something else", foreign);
        }
    }
}
