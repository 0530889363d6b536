package dev.ratchet.service.examples;

import static dev.ratchet.service.examples.Expected.completed;
import static dev.ratchet.service.examples.Expected.failed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import dev.ratchet.document.Json;
import dev.ratchet.service.config.Environment;
import dev.ratchet.service.config.RatchetConfig;
import dev.ratchet.service.embedded.EmbeddedOptions;
import dev.ratchet.service.embedded.TemporalForTests;
import dev.ratchet.service.server.Engine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every document in {@code examples} runs to the end that it is there to show, on a real server. */
class ExamplesTest {
    private static final Path EXAMPLES = Path.of("../examples");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final Map<String, Expected> ENDS = new TreeMap<>(Map.ofEntries(
            Map.entry("first", completed("analyze", "completed", "design", "completed", "implement", "completed")),
            Map.entry(
                    "fan-out",
                    completed(
                                    "outline", "completed",
                                    "first", "completed",
                                    "second", "completed",
                                    "third", "completed",
                                    "book", "completed")
                            .withOutput("""
                                    {"count": 3, "text": "A chapter on queues; A chapter on timers; A chapter on retries"}""")),
            Map.entry(
                    "conditions",
                    completed(
                                    "review", "completed",
                                    "publish", "completed",
                                    "revise", "skipped (condition)",
                                    "announce", "completed",
                                    "translate", "skipped (condition)",
                                    "archive", "completed")
                            .withOutput("""
                                    {"announce": {}, "archive": {"published": true, "revised": false}}""")),
            Map.entry("retry", completed("flaky", "completed", "after", "completed")),
            Map.entry(
                    "dataflow",
                    completed(
                            "slow", "completed",
                            "quick", "completed",
                            "after_quick", "completed",
                            "both", "completed")),
            Map.entry(
                    "group",
                    completed(
                                    "read", "completed",
                                    "number", "completed",
                                    "long", "completed",
                                    "record", "completed",
                                    "report", "completed")
                            .withOutput("""
                                    {"line": "2 of 3 words are long"}""")),
            Map.entry(
                    "budget",
                    failed(
                            "cheap", "completed",
                            "dear", "failed",
                            "print", "skipped (upstream_failure)",
                            "modest", "completed")),
            Map.entry(
                    "route-by-score",
                    completed(
                                    "score", "completed",
                                    "route", "completed",
                                    "publish", "completed",
                                    "revise", "skipped (condition)",
                                    "discard", "skipped (condition)",
                                    "report", "completed")
                            .withOutput("""
                                    {"took": ["publish"], "score": 80.5}""")),
            Map.entry(
                    "review-loop",
                    completed(
                                    "outline", "completed",
                                    "draft", "completed",
                                    "draft[0].review", "completed",
                                    "draft[0].write", "completed",
                                    "draft[1].review", "completed",
                                    "draft[1].write", "completed",
                                    "draft[2].review", "completed",
                                    "draft[2].write", "completed",
                                    "publish", "completed")
                            .withOutput("""
                                    {"final_score": 80}""")),
            Map.entry(
                    "map-over-rows",
                    completed(
                                    "load", "completed",
                                    "each", "completed",
                                    "each[0].ratio", "completed",
                                    "each[1].ratio", "failed",
                                    "each[2].ratio", "completed",
                                    "good", "completed")
                            .withOutput("[30, 10]")),
            Map.entry(
                    "python-activity",
                    completed("count", "completed", "say", "completed").withOutput("""
                            "4 of 6 words are distinct\"""")),
            Map.entry("child-runs", completed("research", "completed", "check", "failed", "report", "completed")),
            Map.entry(
                    "agent-patches-itself",
                    completed(
                                    "research", "completed",
                                    "report", "completed",
                                    "price", "completed",
                                    "advice", "completed")
                            .withOutput("""
                                    "Found: two pumps, from 30 USD\"""")),
            Map.entry(
                    "approve-spend",
                    completed("ask", "completed", "order", "completed", "decline", "skipped (condition)")
                            .withOutput("""
                                    {"order": {"ordered": "a new bicycle pump", "approved_by": "ann"}}""")),
            Map.entry("wait", completed("before", "completed", "pause", "completed", "after", "completed")),
            Map.entry("fail-fast", failed("broken", "failed", "long", "cancelled", "next", "skipped (run_failed)")),
            Map.entry(
                    "skip-dependents",
                    failed(
                            "orders", "failed",
                            "bill", "skipped (upstream_failure)",
                            "customers", "completed",
                            "greet", "completed",
                            "alarm", "completed",
                            "clean", "completed")),
            Map.entry(
                    "fallback",
                    completed("primary", "failed", "fallback", "completed", "answer", "completed")
                            .withOutput("""
                                    {"source": "cache"}""")),
            Map.entry(
                    "nodes-and-edges",
                    completed("fetch", "completed", "sell", "completed", "reorder", "skipped (condition)")
                            .withOutput("""
                                    {"sell": {"amount": 12.5}}""")),
            Map.entry(
                    "report",
                    completed(
                            "facts", "completed", "prices", "completed", "rating", "completed", "report", "completed")),
            Map.entry(
                    "http", completed("fetch", "completed", "sum", "completed").withOutput("""
                                    {"orders": 2, "total": 19.75}"""))));

    @TempDir
    static Path data;

    private static HttpServer shop;
    private static CountingWorker counting;
    private static Engine engine;

    @BeforeAll
    static void startShopAndEngine() throws IOException {
        shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        shop.createContext("/orders.json", call -> {
            byte[] body = """
                    [{"id": 1, "amount": 12.5}, {"id": 2, "amount": 7.25}]""".getBytes(StandardCharsets.UTF_8);
            call.getResponseHeaders().set("Content-Type", "application/json");
            call.sendResponseHeaders(200, body.length);
            call.getResponseBody().write(body);
            call.close();
        });
        shop.start();
        Map<String, String> variables = Map.of(
                "RATCHET_PORT",
                "0",
                "RATCHET_ADMIN_PORT",
                "0",
                "RATCHET_DATA",
                data.toString(),
                "RATCHET_EGRESS_ALLOW",
                "127.0.0.1:" + shop.getAddress().getPort());
        engine = Engine.embedded(
                RatchetConfig.load(null, new Environment(variables, data)),
                EmbeddedOptions.anyPort(TemporalForTests.cli()));
        counting = new CountingWorker(engine.temporal().orElseThrow().address());
    }

    @AfterAll
    static void stop() {
        counting.close();
        engine.close();
        shop.stop(0);
    }

    static Stream<String> examples() {
        return ENDS.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldEndAsItIsThereToShow(String example) throws Exception {
        Expected expected = ENDS.get(example);

        JsonNode run = run(document(example));

        assertThat(run.path("state").asText()).as(run.toPrettyString()).isEqualTo(expected.state());
        assertThat(states(run)).containsExactlyEntriesOf(expected.tasks());
        if (!expected.output().isEmpty()) {
            assertThat(run.path("output")).isEqualTo(Json.mapper().readTree(expected.output()));
        }
    }

    @Test
    void shouldNotStartWhatTheBudgetRefuses() throws Exception {
        JsonNode dear = run(document("budget")).path("tasks").path("dear");

        assertThat(dear.path("error").path("code").asText()).isEqualTo("budget_exceeded");
        assertThat(dear.has("started_at")).isFalse();
    }

    @Test
    void shouldCountTheAttemptsThatARetryTook() throws Exception {
        assertThat(run(document("retry"))
                        .path("tasks")
                        .path("flaky")
                        .path("attempts")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void shouldStartInDataflowWithoutWaitingForNeighbours() throws Exception {
        JsonNode tasks = run(document("dataflow")).path("tasks");

        assertThat(tasks.path("after_quick").path("ended_at").asLong())
                .isLessThan(tasks.path("slow").path("ended_at").asLong());
    }

    @Test
    void shouldExpectAnEndOfEveryExample() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".json")))
                    .containsExactlyInAnyOrderElementsOf(
                            ENDS.keySet().stream().map(name -> name + ".json").toList());
        }
    }

    private static JsonNode document(String example) throws IOException {
        ObjectNode document =
                (ObjectNode) Json.mapper().readTree(Files.readString(EXAMPLES.resolve(example + ".json")));
        if (example.equals("http")) {
            document.putObject("input")
                    .put("url", "http://127.0.0.1:" + shop.getAddress().getPort() + "/orders.json");
        }
        return document;
    }

    private static JsonNode run(JsonNode document) throws Exception {
        HttpRequest submit = HttpRequest.newBuilder(URI.create(engine.url().orElseThrow() + "/api/v1/runs"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(document.toString()))
                .build();
        HttpResponse<String> accepted = HTTP.send(submit, HttpResponse.BodyHandlers.ofString());
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        String location = accepted.headers().firstValue("Location").orElseThrow();
        if (document.at("/tasks/0/type").asText().equals("approval")) {
            HttpRequest approve = HttpRequest.newBuilder(URI.create(location + "/tasks/ask/decision"))
                    .POST(HttpRequest.BodyPublishers.ofString("{\"approved\": true, \"by\": \"ann\"}"))
                    .build();
            assertThat(HTTP.send(approve, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isIn(200, 202);
        }
        if (document.at("/tasks/0/type").asText().equals("agent")) {
            PatchingAgent.workOnce(HTTP, engine.url().orElseThrow() + "/api/v1");
        }
        HttpRequest wait = HttpRequest.newBuilder(URI.create(location + "?wait_ms=30000&until=terminal"))
                .build();
        return Json.mapper()
                .readTree(HTTP.send(wait, HttpResponse.BodyHandlers.ofString()).body());
    }

    private static Map<String, String> states(JsonNode run) {
        Map<String, String> states = new LinkedHashMap<>();
        run.path("tasks").properties().forEach(task -> {
            JsonNode reason = task.getValue().path("reason");
            states.put(
                    task.getKey(),
                    task.getValue().path("state").asText() + (reason.isTextual() ? " (" + reason.asText() + ")" : ""));
        });
        return states;
    }
}
