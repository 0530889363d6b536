package dev.ratchet.service.resources;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.service.server.EngineForTests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Runs over HTTP, on a real Temporal. */
class RunsTest {
    private static final String NOOP = "{\"tasks\": [{\"id\": \"a\", \"type\": \"function\", \"function\": \"noop\"}]}";
    private static Api api;

    @BeforeAll
    static void start() {
        api = new Api(EngineForTests.shared().url().orElseThrow());
    }

    @Test
    void shouldRunTheFirstExample() throws Exception {
        Api.Answer accepted =
                api.submit(Files.readString(Path.of("../examples/first.json"))).expect(202);
        JsonNode fresh = accepted.json();
        assertThat(fresh.path("state").asText()).isEqualTo("pending");
        assertThat(fresh.path("tasks").properties())
                .extracting(task ->
                        task.getKey() + " " + task.getValue().path("state").asText())
                .containsExactly("analyze pending", "design pending", "implement pending");
        String id = fresh.path("id").asText();
        assertThat(accepted.header("Location")).endsWith("/api/v1/runs/" + id);
        JsonNode run = api.ended(id);
        assertThat(run.path("state").asText()).isEqualTo("completed");
        assertThat(run.path("tasks").properties())
                .extracting(task ->
                        task.getKey() + " " + task.getValue().path("state").asText())
                .containsExactly("analyze completed", "design completed", "implement completed");
        JsonNode implement = run.path("tasks").path("implement");
        assertThat(implement.path("simulated").asBoolean()).isTrue();
        assertThat(implement.path("usage").path("cost").path("currency").asText())
                .isEqualTo("USD");
        assertThat(run.path("output")).isEqualTo(implement.path("output"));
        assertThat(run.path("usage").path("tokens").asLong()).isPositive();
    }

    @Test
    void shouldAnswerTheSameRequestWithTheSameRun() throws Exception {
        String id = "same-" + UUID.randomUUID();
        String document = "{\"id\": \"" + id
                + "\", \"tasks\": [{\"id\": \"a\", \"type\": \"function\", \"function\": \"noop\"}]}";
        String reordered = "{\"tasks\": [{\"function\": \"noop\", \"type\": \"function\", \"id\": \"a\"}], \"id\": \""
                + id + "\"}";
        api.submit(document).expect(202);
        assertThat(api.submit(reordered).expect(202).json().path("id").asText()).isEqualTo(id);
        JsonNode ended = api.ended(id);
        JsonNode again = api.submit(document).expect(202).json();
        assertThat(again.path("state").asText()).isEqualTo("completed");
        assertThat(again.path("created_at")).isEqualTo(ended.path("created_at"));
        api.submit(document.replace("noop", "echo")).problem(409, "run_exists");
    }

    @Test
    void shouldNameARunAfterItsIdempotencyKey() throws Exception {
        String key = UUID.randomUUID().toString();
        String first = id(api.submit(NOOP, "Idempotency-Key", key));
        assertThat(id(api.submit(NOOP, "Idempotency-Key", key))).isEqualTo(first);
        assertThat(id(api.submit(NOOP, "Idempotency-Key", key + "x"))).isNotEqualTo(first);
        assertThat(id(api.submit(NOOP))).isNotEqualTo(id(api.submit(NOOP)));
        api.submit(NOOP.replace("noop", "echo"), "Idempotency-Key", key).problem(409, "run_exists");
    }

    @Test
    void shouldKeepRunsOfOrganizationsApart() throws Exception {
        String id = "org-" + UUID.randomUUID();
        Api.Answer acme = api.submit("{\"id\": \"" + id + "\", \"organization\": \"acme\", " + NOOP.substring(1));
        acme.expect(202);
        assertThat(acme.header("Location")).endsWith("/api/v1/runs/" + id + "?organization=acme");
        api.submit("{\"id\": \"" + id + "\", " + NOOP.substring(1).replace("noop", "echo"))
                .expect(202);
        assertThat(api.get("/runs/" + id + "?organization=acme")
                        .expect(200)
                        .json()
                        .path("organization")
                        .asText())
                .isEqualTo("acme");
        assertThat(api.get("/runs/" + id)
                        .expect(200)
                        .json()
                        .path("organization")
                        .asText())
                .isEqualTo("default");
    }

    @Test
    void shouldAnswerThatNothingChanged() throws Exception {
        String id = api.run(NOOP).path("id").asText();
        Api.Answer first = api.get("/runs/" + id).expect(200);
        String tag = first.header("ETag");
        assertThat(tag).isEqualTo("\"" + first.json().path("version").asLong() + "\"");
        assertThat(api.get("/runs/" + id, "If-None-Match", tag).expect(304).text())
                .isEmpty();
        api.get("/runs/" + id, "If-None-Match", "\"0\"").expect(200);
    }

    @Test
    void shouldAnswerOnlyWhatChanged() throws Exception {
        JsonNode run = api.run("{\"tasks\": [{\"id\": \"a\", \"type\": \"function\", \"function\": \"noop\"},"
                + "{\"id\": \"b\", \"type\": \"function\", \"function\": \"noop\", \"deps\": [\"a\"]}]}");
        String id = run.path("id").asText();
        long version = run.path("version").asLong();
        assertThat(api.get("/runs/" + id + "?tasks=none").json().has("tasks")).isFalse();
        assertThat(api.get("/runs/" + id + "?since=" + version).json().path("tasks"))
                .isEmpty();
        assertThat(api.get("/runs/" + id + "?since=0").json().path("tasks")).hasSize(2);
        // the last event but the run's own end is that of b
        JsonNode late =
                api.get("/runs/" + id + "?since=" + (version - 3)).json().path("tasks");
        assertThat(late.has("a")).isFalse();
    }

    @Test
    void shouldTellOfEachChange() throws Exception {
        JsonNode run = api.submit(
                        "{\"tasks\": [{\"id\": \"a\", \"type\": \"function\", \"function\": \"sleep\", \"input\": {\"ms\": 700}},"
                                + "{\"id\": \"b\", \"type\": \"function\", \"function\": \"sleep\", \"input\": {\"ms\": 700}, \"deps\": [\"a\"]}]}")
                .json();
        String id = run.path("id").asText();
        long version = 0;
        List<String> seen = new ArrayList<>();
        while (!run.has("ended_at")) {
            run = api.get("/runs/" + id + "?wait_ms=10000&until=change&since=" + version)
                    .expect(200)
                    .json();
            assertThat(run.path("version").asLong()).isGreaterThan(version);
            version = run.path("version").asLong();
            run.path("tasks")
                    .properties()
                    .forEach(task -> seen.add(
                            task.getKey() + " " + task.getValue().path("state").asText()));
        }
        assertThat(seen).contains("a running", "a completed", "b running", "b completed");
        assertThat(seen.indexOf("a completed")).isLessThan(seen.indexOf("b running") + 1);
    }

    @Test
    void shouldShareOneWatcherBetweenManyReaders() throws Exception {
        String id = id(
                api.submit(
                        "{\"tasks\": [{\"id\": \"a\", \"type\": \"function\", \"function\": \"sleep\", \"input\": {\"ms\": 800}}]}"));
        List<CompletableFuture<JsonNode>> readers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String until = i % 2 == 0 ? "terminal" : "change&since=1000";
            CompletableFuture<JsonNode> reader = new CompletableFuture<>();
            Thread.startVirtualThread(() -> {
                try {
                    reader.complete(api.get("/runs/" + id + "?wait_ms=20000&until=" + until)
                            .expect(200)
                            .json());
                } catch (Exception | AssertionError failed) {
                    reader.completeExceptionally(failed);
                }
            });
            readers.add(reader);
        }
        for (CompletableFuture<JsonNode> reader : readers) {
            assertThat(reader.get().path("state").asText()).isEqualTo("completed");
        }
    }

    @Test
    void shouldWaitNoLongerThanAsked() throws Exception {
        String id = id(
                api.submit(
                        "{\"tasks\": [{\"id\": \"a\", \"type\": \"function\", \"function\": \"sleep\", \"input\": {\"ms\": 60000}}]}"));
        long began = System.nanoTime();
        JsonNode run = api.get("/runs/" + id + "?wait_ms=300&until=terminal")
                .expect(200)
                .json();
        assertThat(run.path("state").asText()).isIn("pending", "running");
        assertThat((System.nanoTime() - began) / 1_000_000).isBetween(290L, 5_000L);
        api.post("/runs/" + id + "/abort", "").expect(202);
    }

    @Test
    void shouldAbort() throws Exception {
        String id = id(api.submit(
                "{\"tasks\": [{\"id\": \"a\", \"type\": \"function\", \"function\": \"sleep\", \"input\": {\"ms\": 60000}},"
                        + "{\"id\": \"b\", \"prompt\": \"x\", \"deps\": [\"a\"]}]}"));
        assertThat(api.post("/runs/" + id + "/abort", "")
                        .expect(202)
                        .json()
                        .path("state")
                        .asText())
                .isIn("aborting", "aborted");
        JsonNode run = api.ended(id);
        assertThat(run.path("state").asText()).isEqualTo("aborted");
        assertThat(run.path("tasks").path("a").path("state").asText()).isEqualTo("cancelled");
        assertThat(run.path("tasks").path("b").path("state").asText()).isEqualTo("skipped");
        assertThat(run.path("tasks").path("b").path("reason").asText()).isEqualTo("run_aborted");
        api.post("/runs/" + id + "/abort", "{}").problem(409, "run_aborted");
    }

    @Test
    void shouldAnswerARepeatedAbortTheSame() throws Exception {
        String id = id(
                api.submit(
                        "{\"tasks\": [{\"id\": \"a\", \"type\": \"function\", \"function\": \"sleep\", \"input\": {\"ms\": 60000}}]}"));
        api.post("/runs/" + id + "/abort", "{\"reason\": \"enough\"}", "Idempotency-Key", "k1")
                .expect(202);
        api.ended(id);
        Api.Answer again = api.post("/runs/" + id + "/abort", "{\"reason\": \"enough\"}", "Idempotency-Key", "k1");
        assertThat(again.expect(202).json().path("state").asText()).isEqualTo("aborted");
        api.post("/runs/" + id + "/abort", "", "Idempotency-Key", "k2").problem(409, "run_aborted");
    }

    @Test
    void shouldNotAbortWhatHasEnded() throws Exception {
        String id = api.run(NOOP).path("id").asText();
        api.post("/runs/" + id + "/abort", "").problem(409, "run_completed");
        api.post("/runs/" + id + "/budget", "{\"budget_limit\": {\"amount\": 1, \"currency\": \"USD\"}}")
                .problem(409, "run_completed");
    }

    @Test
    void shouldGoOnWhenTheBudgetIsRaised() throws Exception {
        JsonNode accepted = api.submit(
                        "{\"policy\": {\"budget_limit\": {\"amount\": 0.000001, \"currency\": \"USD\"}, \"on_budget\": \"pause\"},"
                                + "\"tasks\": [{\"id\": \"a\", \"prompt\": \"x\", \"model\": \"claude-3-haiku-20240307\"}]}")
                .expect(202)
                .json();
        String id = accepted.path("id").asText();
        JsonNode run = accepted;
        while (!run.path("state").asText().equals("paused")) {
            run = api.get("/runs/" + id + "?wait_ms=10000&until=change&since="
                            + run.path("version").asLong())
                    .json();
            assertThat(run.has("ended_at")).as(run.toString()).isFalse();
        }
        assertThat(run.path("tasks").path("a").path("waiting_for").asText()).isEqualTo("budget");
        api.post("/runs/" + id + "/budget", "{\"budget_limit\": {\"amount\": 5, \"currency\": \"USD\"}}")
                .expect(202);
        JsonNode ended = api.ended(id);
        assertThat(ended.path("state").asText()).isEqualTo("completed");
        assertThat(ended.path("budget_limit").path("amount").decimalValue()).isEqualByComparingTo("5");
    }

    @Test
    void shouldShowLargeOutputsByReferenceAndStreamThem() throws Exception {
        String large = "x".repeat(40_000);
        JsonNode run = api.run(
                "{\"tasks\": [{\"id\": \"a\", \"type\": \"function\", \"function\": \"echo\", \"input\": {\"text\": \""
                        + large
                        + "\"}}, {\"id\": \"b\", \"type\": \"function\", \"function\": \"echo\", \"input\": {\"small\": true}}]}");
        JsonNode a = run.path("tasks").path("a");
        assertThat(a.has("output")).isFalse();
        assertThat(a.path("output_ref").path("size").asLong()).isGreaterThan(40_000);
        assertThat(a.path("output_ref").path("mime_type").asText()).isEqualTo("application/json");
        assertThat(a.path("preview").asText()).hasSizeLessThan(1_000);
        String id = run.path("id").asText();
        Api.Answer whole = api.get("/runs/" + id + "/tasks/a/output").expect(200);
        assertThat(whole.header("Content-Type")).isEqualTo("application/json");
        assertThat(whole.json().path("text").asText()).isEqualTo(large);
        assertThat(api.get("/runs/" + id + "/tasks/b/output").expect(200).json())
                .isEqualTo(Json.mapper().readTree("{\"small\": true}"));
    }

    @Test
    void shouldTellOfOneTask() throws Exception {
        String id = api.run("{\"tasks\": [{\"id\": \"a\", \"type\": \"function\", \"function\": \"noop\"},"
                        + "{\"id\": \"b\", \"prompt\": \"x\", \"deps\": [\"a\"], \"metadata\": {\"owner\": \"me\"}}]}")
                .path("id")
                .asText();
        JsonNode task = api.get("/runs/" + id + "/tasks/b").expect(200).json();
        assertThat(task.path("id").asText()).isEqualTo("b");
        assertThat(task.path("type").asText()).isEqualTo("prompt");
        assertThat(task.path("deps").get(0).asText()).isEqualTo("a");
        assertThat(task.path("metadata").path("owner").asText()).isEqualTo("me");
        assertThat(task.path("state").asText()).isEqualTo("completed");
        JsonNode attempts =
                api.get("/runs/" + id + "/tasks/b/attempts").expect(200).json().path("attempts");
        assertThat(attempts).hasSize(1);
        assertThat(attempts.get(0).path("deliveries").asInt()).isEqualTo(1);
        assertThat(attempts.get(0).path("state").asText()).isEqualTo("completed");
    }

    @Test
    void shouldTellOfEachAttempt() throws Exception {
        JsonNode run = api.run("{\"tasks\": [{\"id\": \"a\", \"type\": \"function\", \"function\": \"fail\","
                + "\"input\": {\"code\": \"execution_failed\", \"message\": \"not yet\", \"until_attempt\": 1},"
                + "\"retry\": {\"max_attempts\": 3, \"initial_interval_ms\": 1}}]}");
        assertThat(run.path("state").asText()).as(run.toString()).isEqualTo("completed");
        JsonNode attempts = api.get("/runs/" + run.path("id").asText() + "/tasks/a/attempts")
                .json()
                .path("attempts");
        assertThat(attempts).hasSize(2);
        assertThat(attempts.get(0).path("state").asText()).isEqualTo("failed");
        assertThat(attempts.get(0).path("error").path("code").asText()).isEqualTo("execution_failed");
    }

    @Test
    void shouldShowTheDocumentAndItsPicture() throws Exception {
        String document = "{\"nodes\": [{\"id\": \"a\", \"type\": \"function\", \"function\": \"noop\"},"
                + "{\"id\": \"b\", \"type\": \"function\", \"function\": \"noop\"}], \"edges\": [{\"from\": \"a\", \"to\": \"b\"}]}";
        String id = api.run(document).path("id").asText();
        assertThat(api.get("/runs/" + id + "/document").expect(200).json())
                .isEqualTo(Json.mapper().readTree(document));
        JsonNode graph = api.get("/runs/" + id + "/graph").expect(200).json();
        assertThat(graph.path("nodes").get(0).path("state").asText()).isEqualTo("completed");
        assertThat(graph.path("edges").get(0).path("to").asText()).isEqualTo("b");
        assertThat(api.get("/runs/" + id + "/graph?format=mermaid").expect(200).text())
                .startsWith("flowchart");
        assertThat(api.get("/runs/" + id + "/graph?format=dot").expect(200).text())
                .startsWith("digraph");
        api.get("/runs/" + id + "/graph?format=png").problem(400, "invalid_input");
    }

    @Test
    void shouldValidateWithoutRunning() throws Exception {
        JsonNode sound = api.post("/validate", NOOP, "Content-Type", "application/json")
                .expect(200)
                .json();
        assertThat(sound.path("valid").asBoolean()).isTrue();
        assertThat(sound.path("errors")).isEmpty();
        JsonNode cyclic = api.post(
                        "/validate",
                        "{\"tasks\": [{\"id\": \"a\", \"prompt\": \"x\", \"deps\": [\"a\"]}]}",
                        "Content-Type",
                        "application/json")
                .expect(200)
                .json();
        assertThat(cyclic.path("valid").asBoolean()).isFalse();
        assertThat(cyclic.path("code").asText()).isEqualTo("dag_cycle");
        api.post("/validate", "{", "Content-Type", "application/json").problem(400, "invalid_input");
    }

    @Test
    void shouldTellWhatTheEngineOffers() throws Exception {
        JsonNode types = api.get("/task-types").expect(200).json().path("items");
        assertThat(types)
                .extracting(type -> type.path("name").asText())
                .contains("function", "prompt", "http", "transform", "wait");
        assertThat(types)
                .allSatisfy(type ->
                        assertThat(type.path("config_schema").isObject()).isTrue());
        JsonNode models = api.get("/models").expect(200).json();
        assertThat(models.path("currency").asText()).isEqualTo("USD");
        assertThat(models.path("items"))
                .extracting(model -> model.path("id").asText())
                .contains("sim", "claude-3-haiku-20240307");
    }

    @Test
    void shouldTellThatARunWasEndedInTemporal() throws Exception {
        String id = id(api.submit("{\"tasks\": [{\"id\": \"a\", \"type\": \"function\", \"function\": \"noop\"},"
                + "{\"id\": \"b\", \"type\": \"wait\", \"duration_ms\": 600000, \"deps\": [\"a\"]}]}"));
        JsonNode before = api.get("/runs/" + id).json();
        while (!before.path("tasks").path("b").path("state").asText().equals("waiting")) {
            before = api.get("/runs/" + id + "?wait_ms=10000&until=change&since="
                            + before.path("version").asLong())
                    .json();
        }
        Operator.terminate(EngineForTests.shared().temporal().orElseThrow().address(), "default/" + id);
        JsonNode run = api.ended(id);
        assertThat(run.path("state").asText()).isEqualTo("failed");
        assertThat(run.path("error").path("code").asText()).isEqualTo("scheduler_error");
        assertThat(run.path("version").asLong())
                .isGreaterThan(before.path("version").asLong());
        assertThat(run.path("tasks").path("a").path("state").asText()).isEqualTo("completed");
        assertThat(run.path("tasks").path("b").path("state").asText()).isEqualTo("waiting");
        api.post("/runs/" + id + "/abort", "").problem(409, "run_completed");
    }

    /** No worker ever took it up, and none ever will: what it was started with tells all that there is. */
    @Test
    void shouldTellOfARunThatWasEndedInTemporalBeforeItBegan() throws Exception {
        String address = EngineForTests.shared().temporal().orElseThrow().address();
        String like = id(api.submit(
                "{\"name\": \"like\", \"tasks\": [{\"id\": \"a\", \"type\": \"function\", \"function\": \"noop\"}]}"));
        String id = "unbegun-" + UUID.randomUUID();
        Operator.startUnheard(
                address,
                "default/" + id,
                Operator.inputOf(address, "default/" + like).replace(like, id));
        assertThat(api.get("/runs/" + id).expect(200).json().path("degraded").asBoolean())
                .isTrue();

        Operator.terminate(address, "default/" + id);

        JsonNode run = api.ended(id);
        assertThat(run.has("degraded")).isFalse();
        assertThat(run.path("state").asText()).isEqualTo("failed");
        assertThat(run.path("name").asText()).isEqualTo("like");
        assertThat(run.path("error").path("code").asText()).isEqualTo("scheduler_error");
        assertThat(run.at("/tasks/a/state").asText()).isEqualTo("pending");
        api.post("/runs/" + id + "/tasks/a/retry", "").problem(409, "run_completed");
    }

    private static String id(Api.Answer accepted) {
        return accepted.expect(202).json().path("id").asText();
    }
}
