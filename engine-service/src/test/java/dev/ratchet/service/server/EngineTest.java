package dev.ratchet.service.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.service.config.RatchetConfig;
import dev.ratchet.service.embedded.EmbeddedOptions;
import dev.ratchet.service.embedded.TemporalForTests;
import dev.ratchet.service.embedded.TemporalUnavailableException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Engines as wholes: starting, stopping, and what happens where a part is missing. */
class EngineTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    @Test
    void shouldGoOnWithRunsOfTheLastEngine() throws Exception {
        RatchetConfig config = EngineForTests.config(folder, Map.of());
        EmbeddedOptions options = EmbeddedOptions.anyPort(TemporalForTests.cli());
        try (Engine first = Engine.embedded(config, options)) {
            submit(
                    first,
                    "{\"id\": \"long\", \"tasks\": [{\"id\": \"a\", \"type\": \"function\", \"function\": \"noop\"},"
                            + "{\"id\": \"b\", \"type\": \"wait\", \"duration_ms\": 3000, \"deps\": [\"a\"]},"
                            + "{\"id\": \"c\", \"type\": \"function\", \"function\": \"echo\", \"input\": {\"done\": true}, \"deps\": [\"b\"]}]}");
            JsonNode run = null;
            for (long version = 0; run == null || !run.path("tasks").has("b"); ) {
                run = get(first, "/runs/long?wait_ms=5000&until=change&since=" + version, 200);
                version = run.path("version").asLong();
            }
        }
        try (Engine second = Engine.embedded(config, options)) {
            JsonNode run = get(second, "/runs/long?wait_ms=30000&until=terminal", 200);
            assertThat(run.path("state").asText()).as(run.toString()).isEqualTo("completed");
            assertThat(run.path("output").path("done").asBoolean()).isTrue();
            assertThat(run.path("tasks").path("a").path("attempts").asInt()).isEqualTo(1);
        }
    }

    @Test
    void shouldSayThatTemporalDoesNotAnswer() throws Exception {
        try (Engine api = Engine.server(EngineForTests.config(folder, Map.of()), "127.0.0.1:1")) {
            for (HttpResponse<String> answer : java.util.List.of(
                    send(api, "/runs/a", null), send(api, "/runs", noop("a")), send(api, "/runs/a/abort", ""))) {
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
                assertThat(Json.mapper().readTree(answer.body()).path("code").asText())
                        .isEqualTo("temporal_unavailable");
            }
            HttpResponse<String> health = HTTP.send(
                    HttpRequest.newBuilder(URI.create(api.adminUrl().orElseThrow() + "/healthcheck"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(health.statusCode()).isEqualTo(500);
            assertThat(Json.mapper()
                            .readTree(health.body())
                            .path("temporal")
                            .path("healthy")
                            .asBoolean(true))
                    .isFalse();
        }
    }

    @Test
    void shouldSayWhereAWorkerExpectedTemporal() {
        RatchetConfig config = EngineForTests.config(folder, Map.of());
        assertThatThrownBy(() -> Engine.worker(config, "127.0.0.1:1").close())
                .isInstanceOf(TemporalUnavailableException.class)
                .hasMessageContaining("Temporal at 127.0.0.1:1 to answer");
    }

    @Test
    void shouldDescribeRunsThatNoWorkerAnswersFor() throws Exception {
        RatchetConfig config = EngineForTests.config(folder, Map.of("RATCHET_TASK_QUEUE", "nobody-polls-this"));
        try (Engine api = Engine.server(config, TemporalForTests.shared().address())) {
            String id = "lonely-" + System.nanoTime();
            assertThat(send(api, "/runs", noop(id)).statusCode()).isEqualTo(202);
            HttpResponse<String> answer = send(api, "/runs/" + id, null);
            JsonNode run = Json.mapper().readTree(answer.body());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("ETag")).isEmpty();
            assertThat(run.path("degraded").asBoolean()).isTrue();
            assertThat(run.has("version")).isFalse();
            assertThat(run.path("state").asText()).isEqualTo("pending");
            assertThat(run.path("created_at").isNumber()).isTrue();
            assertThat(send(api, "/runs/" + id + "/tasks/a", null).statusCode()).isEqualTo(503);
            assertThat(send(api, "/runs/" + id + "/document", null).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void shouldTellDocumentsOfPatchedRunsThatNoWorkerAnswersFor() throws Exception {
        RatchetConfig config = EngineForTests.config(folder, Map.of("RATCHET_TASK_QUEUE", "left-" + System.nanoTime()));
        String temporal = TemporalForTests.shared().address();
        String id = "left-" + System.nanoTime();
        String add =
                "{\"tasks\": [{\"id\": \"%s\", \"type\": \"function\", \"function\": \"noop\", \"deps\": [\"%s\"]}]}";
        try (Engine api = Engine.server(config, temporal)) {
            try (Engine worker = Engine.worker(config, temporal)) {
                assertThat(worker.url()).isEmpty();
                submit(
                        api,
                        "{\"id\": \"" + id
                                + "\", \"tasks\": [{\"id\": \"a\", \"type\": \"wait\", \"duration_ms\": 600000}]}");
                for (String task : java.util.List.of("b", "c")) {
                    HttpResponse<String> patched = send(api, "/runs/" + id + "/tasks", add.formatted(task, "a"));
                    assertThat(patched.statusCode()).as(patched.body()).isEqualTo(202);
                }
                assertThat(send(api, "/runs/" + id + "/tasks", add.formatted("d", "nobody"))
                                .statusCode())
                        .isEqualTo(422);
            }
            assertThat(get(api, "/runs/" + id, 200).path("degraded").asBoolean())
                    .isTrue();
            JsonNode document = get(api, "/runs/" + id + "/document", 200);
            assertThat(document.path("tasks")).hasSize(3);
            assertThat(document.at("/tasks/2/id").asText()).isEqualTo("c");
            assertThat(get(api, "/runs/" + id + "/document?revision=1", 200).path("tasks"))
                    .hasSize(1);
            assertThat(get(api, "/runs/" + id + "/document?revision=2", 200).path("tasks"))
                    .hasSize(2);
            assertThat(get(api, "/runs/" + id + "/document?revision=4", 400)
                            .path("code")
                            .asText())
                    .isEqualTo("invalid_input");
        }
    }

    /** What a run told is what it would tell, until something happens: then only a worker knows. */
    @Test
    void shouldNotAskARunAgainInWhichNothingHappened() throws Exception {
        RatchetConfig config = EngineForTests.config(folder, Map.of("RATCHET_TASK_QUEUE", "idle-" + System.nanoTime()));
        String temporal = TemporalForTests.shared().address();
        String id = "idle-" + System.nanoTime();
        try (Engine api = Engine.server(config, temporal)) {
            JsonNode told;
            try (Engine worker = Engine.worker(config, temporal)) {
                assertThat(worker.url()).isEmpty();
                submit(
                        api,
                        "{\"id\": \"" + id
                                + "\", \"tasks\": [{\"id\": \"a\", \"type\": \"wait\", \"duration_ms\": 600000}]}");
                get(api, "/runs/" + id + "?until=change&wait_ms=20000&since=3", 200);
                told = get(api, "/runs/" + id, 200);
                assertThat(told.at("/tasks/a/state").asText()).isEqualTo("waiting");
            }
            assertThat(get(api, "/runs/" + id, 200)).isEqualTo(told);
            assertThat(send(api, "/runs/" + id + "/abort", "").statusCode()).isEqualTo(202);
            assertThat(get(api, "/runs/" + id, 200).path("degraded").asBoolean())
                    .isTrue();
        }
    }

    private static String noop(String id) {
        return "{\"id\": \"" + id + "\", \"tasks\": [{\"id\": \"a\", \"type\": \"function\", \"function\": \"noop\"}]}";
    }

    private static void submit(Engine engine, String document) throws Exception {
        assertThat(send(engine, "/runs", document).statusCode()).isEqualTo(202);
    }

    private static JsonNode get(Engine engine, String path, int status) throws Exception {
        HttpResponse<String> answer = send(engine, path, null);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return Json.mapper().readTree(answer.body());
    }

    private static HttpResponse<String> send(Engine engine, String path, @org.jspecify.annotations.Nullable String body)
            throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(engine.url().orElseThrow() + "/api/v1" + path));
        if (body != null) {
            request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
