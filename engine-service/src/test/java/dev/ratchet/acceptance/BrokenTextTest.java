package dev.ratchet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import dev.ratchet.document.Json;
import io.temporal.activity.Activity;
import io.temporal.activity.DynamicActivity;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.EncodedValues;
import io.temporal.common.converter.JacksonJsonPayloadConverter;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.WorkerFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Half a character, which programs write that cut an emoji in two, on each road into a run, on a real server. */
class BrokenTextTest {
    private static final String BROKEN = "{\"text\": \"cut \\ud83d\", \"id\": 18446744073709551615, \"price\": 1.10}";
    private static final String MENDED = "{\"text\":\"cut \uFFFD\",\"id\":18446744073709551615,\"price\":1.10}";
    private static final String NOTE =
            "Expected text of Unicode characters, but 1 half of a character stood alone, replaced by U+FFFD";

    private static final AtomicInteger REQUESTS = new AtomicInteger();
    private static final HttpServer SERVER = server();

    @RegisterExtension
    static final EngineOfClass ENGINE = new EngineOfClass().allowing(address());

    private static String address() {
        return "127.0.0.1:" + SERVER.getAddress().getPort();
    }

    private static HttpServer server() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
            server.createContext("/", exchange -> {
                REQUESTS.incrementAndGet();
                byte[] body = BROKEN.getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @AfterAll
    static void closeServer() {
        SERVER.stop(0);
    }

    @BeforeEach
    void forgetRequests() {
        REQUESTS.set(0);
    }

    private static String post() {
        return "{id: 'post', type: 'http', method: 'POST', url: 'http://" + address() + "/'}";
    }

    @Test
    void shouldCompleteAfterOneRequest() {
        RunHandle run = ENGINE.api()
                .submit(
                        Doc.tasks(
                                "",
                                post(),
                                "{id: 'pass', type: 'function', function: 'echo', deps: ['post'],"
                                        + " input: {all: '${tasks.post.output.body}', ids: '${[tasks.post.output.body.id]}'}}"));

        RunAnswer end = run.ended().completed();

        assertThat(REQUESTS.get()).isEqualTo(1);
        assertThat(end.task("post").path("attempts").asInt()).isEqualTo(1);
        assertThat(end.task("post").at("/output/body").toString()).isEqualTo(MENDED);
        assertThat(end.task("post").at("/decisions/0/note").asText()).isEqualTo(NOTE);
        assertThat(end.task("pass").path("output").toString())
                .isEqualTo("{\"all\":" + MENDED + ",\"ids\":[18446744073709551615]}");
        assertThat(end.task("pass").has("decisions")).isFalse();
    }

    @Test
    void shouldMendWhatATransformMakes() {
        RunHandle run = ENGINE.api()
                .submit(Doc.tasks(
                        "",
                        "{id: 'jq', type: 'transform', jq: '.half | fromjson', input: {half: '\"cut \\\\ud83d\"'}}",
                        "{id: 'cel', type: 'transform', expression: '\"a\" + \"😀\"'}"));

        RunAnswer end = run.ended().completed();

        assertThat(end.task("jq").path("output").asText()).isEqualTo("cut \uFFFD");
        assertThat(end.task("jq").at("/decisions/0/note").asText()).isEqualTo(NOTE);
        assertThat(end.task("cel").path("output").asText()).isEqualTo("a😀");
    }

    @Test
    void shouldRefuseAnAgentsAnswerAndTakeTheNextOne() {
        RunHandle run = ENGINE.api().submit(Doc.tasks("", "{id: 'job', type: 'agent', queue: 'broken'}"));
        Agents agents = new Agents(ENGINE.api(), "broken");
        Objects.requireNonNull(agents.next(20_000, 60_000));

        JsonNode problem = agents.complete(run.id(), "job", "{\"output\": " + BROKEN + "}", 400);
        agents.complete(run.id(), "job", "{\"output\": " + MENDED + "}", 200);

        assertThat(problem.path("code").asText()).isEqualTo("invalid_input");
        assertThat(problem.at("/errors/0/pointer").asText()).isEqualTo("/output/text");
        assertThat(run.ended().completed().task("job").path("output").toString())
                .isEqualTo(MENDED);
    }

    @Test
    void shouldRefuseAnArtifactThatAnAgentGives() {
        RunHandle run = ENGINE.api().submit(Doc.tasks("", "{id: 'job', type: 'agent', queue: 'artifacts'}"));
        HttpResponse<byte[]> stored =
                ENGINE.api().send("/artifacts", BROKEN.getBytes(StandardCharsets.UTF_8), "application/json");
        String ref = Json.read(new String(stored.body(), StandardCharsets.UTF_8), JsonNode.class)
                .path("ref")
                .asText();
        Agents agents = new Agents(ENGINE.api(), "artifacts");
        Objects.requireNonNull(agents.next(20_000, 60_000));

        JsonNode refusal = agents.complete(run.id(), "job", "{\"result_ref\": \"" + ref + "\"}", 400);
        assertThat(refusal.at("/errors/0/pointer").asText()).isEqualTo("/result_ref");
        assertThat(run.now().state("job")).isEqualTo("waiting");

        agents.complete(run.id(), "job", "{\"result\": {}}", 200);
        run.ended().completed();
    }

    @Test
    void shouldAbortARunWhoseChildBroughtOne() {
        RunHandle run = ENGINE.api()
                .submit(Doc.tasks(
                        "",
                        "{id: 'child', type: 'run', graph: {tasks: [" + post()
                                + ", {id: 'ask', type: 'agent', queue: 'nobody', deps: ['post'],"
                                + " input: {text: '${tasks.post.output.body.text}'}}]}}"));
        RunAnswer parent = run.when(answer -> answer.task("child").has("child_run"));
        RunHandle child =
                new RunHandle(run.api(), parent.task("child").path("child_run").asText());
        child.when(answer -> answer.state("ask").equals("waiting"));

        run.abort();

        assertThat(run.ended().state()).isEqualTo("aborted");
        assertThat(child.ended().state()).isEqualTo("aborted");
        assertThat(child.now().task("post").at("/output/body").toString()).isEqualTo(MENDED);
    }

    @Test
    void shouldMendWhatAnActivityOfAnotherWorkerReturns() {
        WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(ENGINE.temporal())
                .build());
        JsonMapper asJavaScriptDoes =
                JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
        WorkflowClient client = WorkflowClient.newInstance(
                stubs,
                WorkflowClientOptions.newBuilder()
                        .setDataConverter(DefaultDataConverter.newDefaultInstance()
                                .withPayloadConverterOverrides(new JacksonJsonPayloadConverter(asJavaScriptDoes)))
                        .build());
        WorkerFactory workers = WorkerFactory.newInstance(client);
        workers.newWorker("javascript").registerActivitiesImplementations(new Cutting());
        workers.start();
        try {
            RunHandle run = ENGINE.api()
                    .submit(Doc.tasks(
                            "",
                            "{id: 'cut', type: 'activity', activity_type: 'cut', task_queue: 'javascript', timeout_ms: 60000}",
                            "{id: 'deep', type: 'activity', activity_type: 'deep', task_queue: 'javascript',"
                                    + " timeout_ms: 60000, allow_failure: true}"));

            RunAnswer end = run.ended();

            assertThat(end.state()).isEqualTo("completed");
            assertThat(end.task("cut").path("output").toString()).isEqualTo("{\"n\uFFFD\":\"cut \uFFFD\"}");
            assertThat(end.task("cut").at("/decisions/0/note").asText()).contains("2 halves of characters");
            assertThat(end.task("deep").at("/error/code").asText()).isEqualTo("output_invalid");
            assertThat(end.task("deep").at("/error/message").asText())
                    .isEqualTo("Expected at most 64 levels of JSON, but there are more");
            assertThat(end.task("deep").path("attempts").asInt()).isEqualTo(1);
        } finally {
            workers.shutdownNow();
            workers.awaitTermination(10, TimeUnit.SECONDS);
            stubs.shutdownNow();
            stubs.awaitTermination(10, TimeUnit.SECONDS);
        }
    }

    /** Returns half an emoji, or what is nested beyond what a value may be. */
    private static final class Cutting implements DynamicActivity {
        @Override
        public Object execute(EncodedValues args) {
            if (Activity.getExecutionContext().getInfo().getActivityType().equals("cut")) {
                return Map.of("n\ude00", "cut \ud83d");
            }
            Object deep = 1;
            for (int i = 0; i < 200; i++) {
                deep = List.of(deep);
            }
            return deep;
        }
    }

    @Test
    void shouldKeepTheDigitsOfASubmittedDocument() {
        String numbers = "{\"id\":18446744073709551615,\"price\":1.10,\"fine\":0.1000000000000000055511151231257827}";
        JsonNode run = ENGINE.api().post("/runs", """
                {"input": %s, "tasks": [
                  {"id": "all", "type": "transform", "expression": "input"},
                  {"id": "list", "type": "transform", "expression": "[input.id, input.price]"},
                  {"id": "jq", "type": "transform", "jq": ".", "input": {"n": "${input.id}"}},
                  {"id": "edge", "type": "function", "function": "noop", "allow_failure": true,
                   "when": "input.id == 18446744073709551614u"}]}""".formatted(numbers), 202);

        RunAnswer end = new RunHandle(ENGINE.api(), run.path("id").asText()).ended();

        assertThat(end.task("all").path("output").toString()).isEqualTo(numbers);
        assertThat(end.task("list").path("output").toString()).isEqualTo("[18446744073709551615,1.10]");
        assertThat(end.task("jq").path("output").toString()).isEqualTo("{\"n\":18446744073709551615}");
        assertThat(end.task("edge").at("/error/code").asText()).isEqualTo("condition_failed");
        assertThat(end.task("edge").at("/error/message").asText()).contains("Expected a 64-bit integer");
    }
}
