package dev.ratchet.service.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Ratchet as its users meet it: a document posted, the end awaited, both over HTTP. */
final class RatchetSide implements Side {
    private final HttpClient http;
    private final String url;
    private final Documents documents;
    private final Map<Shape, String> bodies = new ConcurrentHashMap<>();

    RatchetSide(HttpClient http, String url, Documents documents) {
        this.http = http;
        this.url = url + "/api/v1/runs";
        this.documents = documents;
    }

    @Override
    public void run(Shape shape) {
        String body = bodies.computeIfAbsent(shape, documents::of);
        HttpResponse<String> accepted = send(HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
        if (accepted.statusCode() != 202) {
            throw new IllegalStateException("Expected 202, but " + accepted.statusCode() + ": " + accepted.body());
        }
        String id = Json.read(accepted.body(), JsonNode.class).path("id").asText();
        JsonNode run = await(id);
        if (!run.path("state").asText().equals("completed")) {
            throw new IllegalStateException("Expected the run to complete, but: " + run);
        }
    }

    private JsonNode await(String id) {
        URI end = URI.create(url + "/" + id + "?tasks=none&wait_ms=30000&until=terminal");
        JsonNode run = Json.read(send(HttpRequest.newBuilder(end).build()).body(), JsonNode.class);
        long until = System.nanoTime() + LONGEST.toNanos();
        while (run.path("ended_at").isMissingNode()) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("Expected the run to end within " + LONGEST + ", but: " + run);
            }
            run = Json.read(send(HttpRequest.newBuilder(end).build()).body(), JsonNode.class);
        }
        return run;
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Expected an answer, but the benchmark was interrupted", e);
        }
    }
}
