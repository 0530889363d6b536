package dev.ratchet.service.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** The API as the benchmark uses it; any answer but the expected one ends the measurement. Thread-safe. */
final class Rest {
    private final HttpClient http;
    private final String runs;

    /** @param url of the engine, without the path of the API */
    Rest(HttpClient http, String url) {
        this.http = http;
        this.runs = url + "/api/v1/runs";
    }

    /** Posts a document; returns the id of its run. */
    String submit(String document) {
        return Json.read(post("", document, 202), JsonNode.class).path("id").asText();
    }

    /** What stands under a run, as it is sent. */
    String get(String path) {
        return send(HttpRequest.newBuilder(URI.create(runs + "/" + path)).build(), 200);
    }

    JsonNode read(String path) {
        return Json.read(get(path), JsonNode.class);
    }

    /** Settles a task that waits for a person. */
    void approve(String run, String task) {
        post("/" + run + "/tasks/" + task + "/decision", "{\"approved\":true}", 200);
    }

    /** Waits for the end of a run; returns it without its tasks. */
    JsonNode awaitEnd(String id) {
        String end = id + "?tasks=none&wait_ms=30000&until=terminal";
        long until = System.nanoTime() + Side.LONGEST.toNanos();
        JsonNode run = read(end);
        while (run.path("ended_at").isMissingNode()) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("Expected the run to end within " + Side.LONGEST + ", but: " + run);
            }
            run = read(end);
        }
        if (!run.path("state").asText().equals("completed")) {
            throw new IllegalStateException("Expected the run to complete, but: " + run);
        }
        return run;
    }

    private String post(String path, String body, int expected) {
        return send(
                HttpRequest.newBuilder(URI.create(runs + path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                expected);
    }

    private String send(HttpRequest request, int expected) {
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != expected) {
                throw new IllegalStateException(
                        "Expected " + expected + ", but " + answer.statusCode() + ": " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Expected an answer, but the benchmark was interrupted", e);
        }
    }
}
