package dev.ratchet.service.resources;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.Json;
import dev.ratchet.service.server.EngineForTests;
import java.time.Duration;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts that become part of what a run tells Temporal: the longest of each field leaves it readable, longer is refused. */
class LongestTextsTest {
    /** Three bytes each, six where JSON escapes it. */
    private static final String WIDE = "漢";

    private static Api api;

    @BeforeAll
    static void start() {
        api = new Api(EngineForTests.shared().url().orElseThrow());
    }

    @Test
    void shouldReadAndAnswerARunAfterTheLongestTextOfEachFieldOfEachRoute() throws Exception {
        String id = "r".repeat(92) + UUID.randomUUID();
        api.submit(document(id)).expect(202);
        String runs = "/runs/" + id;
        awaitParked(runs);

        for (String call : new String[] {"/pause", "/resume"}) {
            api.post(runs + call, signed(128)).expect(202);
        }
        api.post(runs + "/budget", signed(128, body -> body.put("amount", 5).put("currency", "USD")))
                .expect(202);
        api.post(runs + "/tasks/" + task('a') + "/heartbeat", "{\"lease_ms\": 1000}")
                .expect(200);
        api.post(
                        runs + "/tasks/" + task('a') + "/complete",
                        by(256).put("output", wide(4_000)).toString())
                .expect(200);
        api.post(
                        runs + "/tasks/" + task('b') + "/fail",
                        by(256).put("code", wide(128))
                                .put("message", wide(4_000))
                                .toString())
                .expect(200);
        api.post(
                        runs + "/tasks/" + task('c') + "/decision",
                        by(256).put("approved", true)
                                .put("comment", wide(4_000))
                                .toString(),
                        "Idempotency-Key",
                        "k".repeat(255))
                .expect(200);
        api.post(runs + "/tasks/" + task('b') + "/retry", signed(128)).expect(202);
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            JsonNode retried = api.get(runs).json().path("tasks").path(task('b'));
            assertThat(retried.path("state").asText()).as(retried.toString()).isEqualTo("waiting");
        });
        api.post("/completion-signals", signal(id, task('b'), "j".repeat(2_000)), "Content-Type", "application/json")
                .expect(202);
        ObjectNode added = Json.mapper().createObjectNode().put("description", wide(1_000));
        added.put("by", wide(128)).putArray("tasks").add(agent('e'));
        api.post(runs + "/tasks", added.toString(), "Content-Type", "application/json")
                .expect(202);

        JsonNode told = api.get(runs).expect(200).json();
        assertThat(told.has("degraded")).as(told.toString()).isFalse();
        api.get(runs + "/audit").expect(200);
        api.get(runs + "/revisions").expect(200);
        for (char open : new char[] {'d', 'e'}) {
            api.post(runs + "/tasks/" + task(open) + "/complete", "{}").expect(200);
        }
        assertThat(api.ended(id).path("state").asText()).isEqualTo("completed");
        ObjectNode again = Json.mapper().createObjectNode().put("id", "q".repeat(92) + UUID.randomUUID());
        again.put("by", wide(128)).put("reason", wide(1_000)).putArray("from").add(task('e'));
        String anew = api.post(runs + "/rerun", again.toString())
                .expect(202)
                .json()
                .path("id")
                .asText();
        assertThat(api.post("/runs/" + anew + "/abort", signed(128)).status()).isEqualTo(202);
        assertThat(api.ended(anew).path("state").asText()).isEqualTo("aborted");
    }

    @ParameterizedTest
    @CsvSource({
        "/pause, by, 129",
        "/abort, reason, 1001",
        "/tasks/TASK/complete, by, 257",
        "/tasks/TASK/complete, by, 1500000",
        "/tasks/TASK/fail, by, 257",
        "/tasks/TASK/fail, code, 129",
        "/tasks/TASK/fail, code, 1300000",
        "/tasks/TASK/decision, by, 257",
        "/tasks/TASK/decision, comment, 4001",
        "/tasks/TASK/skip, reason, 1001",
        "/tasks/TASK/retry, by, 129",
        "/rerun, by, 129",
        "/rerun, id, 129"
    })
    void shouldRefuseTextsThatAreLongerWhereTheyComeIn(String route, String field, int length) throws Exception {
        ObjectNode body = Json.mapper().createObjectNode().put(field, "x".repeat(length));
        if (route.endsWith("decision")) {
            body.put("approved", true);
        }
        String path = "/runs/" + waiting() + route.replace("TASK", route.endsWith("decision") ? task('c') : task('a'));
        api.post(path, body.toString()).problem(400, "invalid_input");
    }

    @Test
    void shouldRefuseSignalsAndKeysThatAreLonger() throws Exception {
        String id = waiting();
        String[] json = {"Content-Type", "application/json"};
        api.post("/completion-signals", signal(id, task('a'), "j".repeat(2_001)), json)
                .problem(400, "invalid_input");
        api.post("/completion-signals", signal("r".repeat(1_000_000), task('a'), "j"), json)
                .problem(404, "run_not_found");
        api.post("/completion-signals", signal(id, "a[1].".repeat(400_000) + "b", "j"), json)
                .problem(404, "task_not_found");
        api.post("/runs/" + id + "/pause", "", "Idempotency-Key", "k".repeat(256))
                .problem(400, "invalid_input");
        api.submit(document(null), "Idempotency-Key", "k".repeat(256)).problem(400, "invalid_input");
    }

    private static String open = "";

    /** One run that every refusal is tried on: nothing changes it. */
    private static synchronized String waiting() throws Exception {
        if (open.isEmpty()) {
            open = api.submit(document(null)).expect(202).json().path("id").asText();
            awaitParked("/runs/" + open);
        }
        return open;
    }

    private static void awaitParked(String run) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> api.get(run).json().findValuesAsText("waiting_for").size() == 4);
    }

    private static String document(@org.jspecify.annotations.Nullable String id) {
        ObjectNode document = Json.mapper().createObjectNode().put("name", wide(256));
        if (id != null) {
            document.put("id", id);
        }
        ObjectNode labels = document.putObject("labels");
        for (int i = 10; i < 26; i++) {
            labels.put("l".repeat(61) + i, wide(63));
        }
        ObjectNode policy = document.putObject("policy");
        policy.put("on_failure", "skip_dependents").put("scheduling", "dataflow");
        policy.putObject("budget_limit").put("amount", 1).put("currency", "USD");
        ArrayNode tasks = document.putArray("tasks");
        tasks.add(agent('a')).add(agent('b')).add(agent('d'));
        tasks.addObject().put("id", task('c')).put("type", "approval").put("question", wide(16_384));
        return document.toString();
    }

    private static ObjectNode agent(char letter) {
        return Json.mapper()
                .createObjectNode()
                .put("id", task(letter))
                .put("type", "agent")
                .put("queue", "q".repeat(63));
    }

    private static String task(char letter) {
        return String.valueOf(letter).repeat(128);
    }

    private static String wide(int length) {
        return WIDE.repeat(length);
    }

    private static ObjectNode by(int length) {
        return Json.mapper().createObjectNode().put("by", wide(length));
    }

    private static String signed(int by) {
        return signed(by, body -> body);
    }

    private static String signed(int by, UnaryOperator<ObjectNode> more) {
        return more.apply(by(by).put("reason", wide(1_000))).toString();
    }

    private static String signal(String run, String node, String job) {
        return Json.mapper()
                .createObjectNode()
                .put("version", "1.0")
                .put("run_id", run)
                .put("node_id", node)
                .put("job_id", job)
                .put("status", "completed")
                .put("result", wide(4_000))
                .toString();
    }
}
