package dev.ratchet.service.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.run.Value;
import dev.ratchet.service.api.RunBodies;
import dev.ratchet.service.config.RatchetConfig;
import dev.ratchet.service.embedded.EmbeddedOptions;
import dev.ratchet.service.embedded.TemporalForTests;
import dev.ratchet.service.gateway.RunGateway;
import dev.ratchet.task.assignment.LinkKey;
import dev.ratchet.task.blob.Blob;
import dev.ratchet.task.blob.BlobException;
import dev.ratchet.task.blob.BlobStore;
import dev.ratchet.task.worker.EngineDataConverter;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * An engine, and a second API of it whose ways to Temporal and to the disk can be made to fail. The engine itself goes on
 * undisturbed, as do runs.
 */
final class ApiBetween implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    final FailingCalls calls = new FailingCalls();
    final FillingStore store;
    final LinkKey links = new LinkKey("a key that nobody guesses");
    private final Engine engine;
    private final ApiServer api;
    private final WorkflowServiceStubs service;
    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor();

    /** An answer. */
    record Answer(int status, Map<String, List<String>> headers, String text) {
        boolean saysWhenToTryAgain() {
            return headers.keySet().stream().anyMatch("Retry-After"::equalsIgnoreCase);
        }

        JsonNode json() {
            return Json.read(text, JsonNode.class);
        }

        String code() {
            return text.startsWith("{") ? json().path("code").asText() : "";
        }
    }

    ApiBetween(Path folder) {
        RatchetConfig config = EngineForTests.config(folder, Map.of());
        engine = Engine.embedded(config, EmbeddedOptions.anyPort(TemporalForTests.cli()));
        EngineParts parts = EngineParts.of(config, true);
        store = new FillingStore(parts.blobs());
        EngineParts between = new EngineParts(parts.executors(), parts.models(), store, parts.compiler());
        service = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(temporal().address())
                .setGrpcClientInterceptors(List.of(calls))
                .build());
        WorkflowClient client = WorkflowClient.newInstance(
                service,
                WorkflowClientOptions.newBuilder()
                        .setNamespace(config.temporal().namespace())
                        .setDataConverter(EngineDataConverter.create())
                        .build());
        RunGateway gateway = new RunGateway(new RunGateway.Settings(
                client,
                config.temporal().taskQueue(),
                store,
                Duration.ofSeconds(3),
                InstantSource.system(),
                deadlines));
        api = Engine.api(config, between, links, gateway, new RunBodies(run -> Map.of()), Map.of());
    }

    dev.ratchet.service.embedded.EmbeddedTemporal temporal() {
        return engine.temporal().orElseThrow();
    }

    Answer call(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port() + "/api/v1" + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .timeout(Duration.ofSeconds(60))
                .build();
        try {
            HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.headers().map(), answer.body());
        } catch (IOException failed) {
            throw new IllegalStateException(method + " " + path, failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    @Override
    public void close() {
        api.close();
        service.shutdownNow();
        deadlines.shutdownNow();
        engine.close();
    }

    /** A store whose disk is full when told so. */
    static final class FillingStore implements BlobStore {
        private final BlobStore room;
        private volatile boolean full;

        FillingStore(BlobStore room) {
            this.room = room;
        }

        void fill(boolean now) {
            full = now;
        }

        @Override
        public Value.Stored put(InputStream content, String mimeType) {
            check();
            return room.put(content, mimeType);
        }

        @Override
        public void grant(String owner, String ref, String mimeType) {
            check();
            room.grant(owner, ref, mimeType);
        }

        @Override
        public Optional<String> granted(String owner, String ref) {
            return room.granted(owner, ref);
        }

        @Override
        public Blob open(String ref) {
            return room.open(ref);
        }

        private void check() {
            if (full) {
                throw BlobException.full(new IOException("No space left on device"));
            }
        }
    }
}
