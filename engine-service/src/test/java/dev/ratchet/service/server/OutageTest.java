package dev.ratchet.service.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.docs.Routes;
import dev.ratchet.service.server.ApiBetween.Answer;
import dev.ratchet.task.assignment.LinkKey;
import io.grpc.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** While Temporal or the disk is in trouble, each route says so in the same words, and none says that it is broken. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutageTest {
    private static final String NOOP = "{\"id\": \"%s\", \"type\": \"function\", \"function\": \"noop\"}";
    private static final String PARKED = """
            {"tasks": [{"id": "ask", "type": "approval", "question": "Go on?"},
                       {"id": "work", "type": "agent", "queue": "outage"},
                       {"id": "done", "type": "function", "function": "echo", "input": {"a": 1}}]}""";

    private ApiBetween api;

    /** A call of one route. */
    private record Call(String route, String path, String body) {
        static Call of(String route, String path) {
            return new Call(route, path, "");
        }

        String method() {
            return route.substring(0, route.indexOf(' '));
        }
    }

    @BeforeAll
    void start(@TempDir Path folder) {
        api = new ApiBetween(folder);
    }

    @AfterAll
    void stop() {
        api.close();
    }

    @AfterEach
    void heal() {
        api.calls.heal();
        api.store.fill(false);
    }

    /** All that has to ask Temporal. */
    private List<Call> asking(String id) {
        String run = "/runs/" + id;
        long later = System.currentTimeMillis() + 600_000;
        String token = api.links.token(new LinkKey.Claim("default", id, "ask", 1, true, null, later));
        return List.of(
                new Call("POST /runs", "/runs", "{\"tasks\": [" + NOOP.formatted("a") + "]}"),
                Call.of("GET /runs/{id}", run),
                Call.of("GET /runs/{id}", run + "?tasks=none"),
                Call.of("GET /runs/{id}", run + "?wait_ms=1500&until=terminal"),
                Call.of("GET /runs/{id}", run + "?wait_ms=1500&until=change&since=999999"),
                Call.of("GET /runs/{id}/document", run + "/document"),
                Call.of("GET /runs/{id}/document", run + "/document?revision=1"),
                Call.of("GET /runs/{id}/graph", run + "/graph"),
                Call.of("GET /runs/{id}/audit", run + "/audit"),
                Call.of("GET /runs/{id}/revisions", run + "/revisions"),
                Call.of("GET /runs/{id}/tasks/{task}", run + "/tasks/done"),
                Call.of("GET /runs/{id}/tasks/{task}/attempts", run + "/tasks/done/attempts"),
                Call.of("GET /runs/{id}/tasks/{task}/output", run + "/tasks/done/output"),
                Call.of("POST /runs/{id}/pause", run + "/pause"),
                Call.of("POST /runs/{id}/resume", run + "/resume"),
                new Call("POST /runs/{id}/budget", run + "/budget", "{\"amount\": 5, \"currency\": \"USD\"}"),
                Call.of("POST /runs/{id}/rerun", run + "/rerun"),
                Call.of("POST /runs/{id}/retry", run + "/retry"),
                new Call("PATCH /runs/{id}/patch", run + "/patch", patch("p")),
                new Call("POST /runs/{id}/patch", run + "/patch", patch("q")),
                new Call("POST /runs/{id}/tasks", run + "/tasks", "{\"tasks\": [" + NOOP.formatted("r") + "]}"),
                Call.of("POST /runs/{id}/tasks/{task}/skip", run + "/tasks/done/skip"),
                Call.of("POST /runs/{id}/tasks/{task}/retry", run + "/tasks/done/retry"),
                Call.of("POST /runs/{id}/tasks/{task}/heartbeat", run + "/tasks/work/heartbeat"),
                Call.of("POST /runs/{id}/tasks/{task}/complete", run + "/tasks/work/complete"),
                Call.of("POST /runs/{id}/tasks/{task}/fail", run + "/tasks/work/fail"),
                new Call("POST /runs/{id}/tasks/{task}/decision", run + "/tasks/ask/decision", "{\"approved\": true}"),
                new Call(
                        "POST /completion-signals",
                        "/completion-signals",
                        "{\"version\": \"1.0\", \"run_id\": \"%s\", \"node_id\": \"work\", \"status\": \"completed\"}"
                                .formatted(id)),
                Call.of("GET /approvals/{token}", "/approvals/" + token),
                Call.of("POST /approvals/{token}", "/approvals/" + token),
                Call.of("GET /agents/{queue}/next", "/agents/outage/next"),
                Call.of("GET /agents/{queue}/next", "/agents/outage/next?wait_ms=1500"),
                Call.of("POST /runs/{id}/abort", run + "/abort"));
    }

    private static String patch(String id) {
        return "[{\"op\": \"add\", \"path\": \"/tasks/-\", \"value\": " + NOOP.formatted(id) + "}]";
    }

    /** What needs neither Temporal nor, where the disk is full, room. */
    private static List<Call> others() {
        String document = "{\"tasks\": [" + NOOP.formatted("a") + "]}";
        return List.of(
                new Call("POST /validate", "/validate", document),
                Call.of("GET /task-types", "/task-types"),
                Call.of("GET /models", "/models"),
                new Call("POST /artifacts", "/artifacts", "{}"),
                Call.of("GET /artifacts/{ref}", "/artifacts/" + "0".repeat(64)));
    }

    @Test
    void shouldKnowAllRoutes() {
        assertThat(Stream.concat(asking("x").stream(), others().stream()).map(Call::route))
                .containsAll(Routes.all());
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"OK", "NOT_FOUND"})
    void shouldSayThatTemporalIsAwayOnEachRoute(Status.Code code) {
        String run = parked();
        api.calls.fail(null, code);

        answers(asking(run)).forEach((call, answer) -> {
            assertThat(answer.status()).as("%s: %s", call, answer).isEqualTo(503);
            assertThat(answer.code())
                    .as("%s: %s", call, answer)
                    .isEqualTo(code == Status.Code.RESOURCE_EXHAUSTED ? "overloaded" : "temporal_unavailable");
            assertThat(answer.saysWhenToTryAgain()).as("%s", call).isTrue();
        });
        answers(others())
                .forEach((call, answer) ->
                        assertThat(answer.status()).as("%s: %s", call, answer).isIn(200, 201, 404));

        api.calls.heal();
        assertThat(api.call("GET", "/runs/" + run, "").json().path("state").asText())
                .isEqualTo("running");
        assertThat(api.call("POST", "/runs/" + run + "/abort", "").status()).isEqualTo(202);
    }

    static Stream<String> methods() {
        return Stream.of(
                "QueryWorkflow",
                "DescribeWorkflowExecution",
                "GetWorkflowExecutionHistory",
                "SignalWorkflowExecution",
                "UpdateWorkflowExecution",
                "StartWorkflowExecution");
    }

    /** Half of what a route asks is answered, the other half is not. */
    @ParameterizedTest
    @MethodSource("methods")
    void shouldNeverBreakOnOneCallOfTemporal(String method) {
        for (Status.Code code : List.of(Status.Code.INTERNAL, Status.Code.DEADLINE_EXCEEDED)) {
            String run = parked();
            api.calls.fail(method, code);
            Map<Call, Answer> answers = answers(asking(run));
            assertThat(api.calls.seen()).contains(method);

            answers.forEach((call, answer) -> {
                assertThat(answer.status()).as("%s: %s", call, answer).isNotEqualTo(500);
                assertThat(answer.saysWhenToTryAgain())
                        .as("%s: %s", call, answer)
                        .isEqualTo(answer.status() == 503);
            });
            api.calls.heal();
        }
    }

    @Test
    void shouldSayThatTemporalIsAwayWhileItIsStoppedAndRecover() throws Exception {
        String run = parked();
        String pid = Long.toString(api.temporal().pid().orElseThrow());
        signal("STOP", pid);
        try {
            answers(asking(run)).forEach((call, answer) -> {
                assertThat(answer.status()).as("%s: %s", call, answer).isEqualTo(503);
                assertThat(answer.code()).as("%s: %s", call, answer).isEqualTo("temporal_unavailable");
                assertThat(answer.saysWhenToTryAgain()).as("%s", call).isTrue();
            });
        } finally {
            signal("CONT", pid);
        }
        await().atMost(Duration.ofSeconds(60))
                .until(() -> api.call("GET", "/runs/" + run, "").status() == 200);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> api.call("POST", "/runs", "{\"tasks\": [" + NOOP.formatted("a") + "]}")
                                .status()
                        == 202);
    }

    /** Nothing is accepted by half, and the same call is good as soon as there is room. */
    @Test
    void shouldRefuseWhatDoesNotFitTheDiskAndTakeItLater() {
        String run = parked();
        String text = "x".repeat(200_000);
        String large = "{\"id\": \"large\", \"type\": \"function\", \"function\": \"echo\", \"input\": {\"t\": \"%s\"}}"
                .formatted(text);
        List<Call> storing = List.of(
                new Call("POST /runs", "/runs", "{\"id\": \"no-room\", \"tasks\": [" + large + "]}"),
                new Call("POST /artifacts", "/artifacts", text),
                new Call("POST /runs/{id}/tasks", "/runs/" + run + "/tasks", "{\"tasks\": [" + large + "]}"),
                new Call(
                        "POST /runs/{id}/tasks/{task}/complete",
                        "/runs/" + run + "/tasks/work/complete",
                        "{\"output\": \"" + text + "\"}"));
        api.store.fill(true);

        answers(storing).forEach((call, answer) -> {
            assertThat(answer.status()).as("%s: %s", call.path(), answer).isEqualTo(503);
            assertThat(answer.code()).isEqualTo("overloaded");
            assertThat(answer.json().path("message").asText()).contains("storage", "full");
            assertThat(answer.saysWhenToTryAgain()).isTrue();
        });
        assertThat(api.call("GET", "/runs/no-room", "").status()).isEqualTo(404);
        assertThat(api.call("GET", "/runs/" + run, "").json().path("revision").asInt())
                .isEqualTo(1);
        assertThat(api.call("GET", "/runs/" + run + "/tasks/work", "")
                        .json()
                        .path("state")
                        .asText())
                .isEqualTo("waiting");

        api.store.fill(false);
        assertThat(answers(storing).values()).extracting(Answer::status).containsOnly(200, 201, 202);
    }

    private static void signal(String name, String pid) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor())
                .isZero();
    }

    /** All at once: some wait for seconds before they give up. */
    private Map<Call, Answer> answers(List<Call> calls) {
        Map<Call, Future<Answer>> open;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            open = new ArrayList<>(calls)
                    .stream()
                            .collect(Collectors.toMap(
                                    call -> call,
                                    call -> threads.submit(() -> api.call(call.method(), call.path(), call.body()))));
        }
        Map<Call, Answer> answers = new TreeMap<>(java.util.Comparator.comparing(Call::toString));
        open.forEach((call, answer) -> answers.put(call, answer.resultNow()));
        return answers;
    }

    /** A run of which one task has ended, one waits for a person and one for an agent. */
    private String parked() {
        String id = api.call("POST", "/runs", PARKED).json().path("id").asText();
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            var tasks = api.call("GET", "/runs/" + id, "").json().path("tasks");
            return tasks.path("done").path("state").asText().equals("completed")
                    && tasks.path("ask").path("state").asText().equals("waiting")
                    && tasks.path("work").path("state").asText().equals("waiting");
        });
        return id;
    }
}
