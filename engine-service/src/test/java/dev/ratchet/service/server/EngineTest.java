package dev.ratchet.service.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.service.config.Environment;
import dev.ratchet.service.config.RatchetConfig;
import dev.ratchet.service.embedded.EmbeddedOptions;
import dev.ratchet.service.embedded.TemporalForTests;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    @Test
    void shouldRunTheFirstExample() throws Exception {
        long t0 = System.nanoTime();
        RatchetConfig config = RatchetConfig.load(
                null,
                new Environment(
                        Map.of("RATCHET_PORT", "0", "RATCHET_ADMIN_PORT", "0", "RATCHET_DATA", folder.toString()),
                        folder));
        try (Engine engine = Engine.embedded(config, EmbeddedOptions.anyPort(TemporalForTests.cli()))) {
            System.out.println("started " + (System.nanoTime() - t0) / 1_000_000);
            for (int i = 0; i < 5; i++) {
                t0 = System.nanoTime();
                HttpResponse<String> accepted = HTTP.send(
                        HttpRequest.newBuilder(URI.create(engine.url().orElseThrow() + "/api/v1/runs"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        Files.readString(Path.of("../examples/first.json"))))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                System.out.println("accepted " + (System.nanoTime() - t0) / 1_000_000 + " " + accepted.body());
                String location = accepted.headers().firstValue("Location").orElseThrow();
                HttpResponse<String> ended = HTTP.send(
                        HttpRequest.newBuilder(URI.create(location + "?wait_ms=20000"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                System.out.println("ended " + (System.nanoTime() - t0) / 1_000_000 + " " + ended.body());
                JsonNode run = Json.mapper().readTree(ended.body());
                assertThat(run.path("state").asText()).isEqualTo("completed");
            }
        }
    }
}
