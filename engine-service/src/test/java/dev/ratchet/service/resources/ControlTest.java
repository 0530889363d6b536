package dev.ratchet.service.resources;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.service.server.EngineForTests;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pausing, resuming, skipping and retrying over HTTP, on a real Temporal. */
class ControlTest {
    private static final String WAIT = "{\"id\": \"wait\", \"type\": \"wait\", \"duration_ms\": 600000}";
    private static Api api;

    @BeforeAll
    static void start() {
        api = new Api(EngineForTests.shared().url().orElseThrow());
    }

    @Test
    void shouldPauseAndResume() throws Exception {
        String run = submit("{\"tasks\": [{\"id\": \"a\", \"type\": \"wait\", \"duration_ms\": 700},"
                + "{\"id\": \"b\", \"type\": \"function\", \"function\": \"noop\", \"deps\": [\"a\"]}]}");
        JsonNode paused =
                api.post(run + "/pause", "{\"reason\": \"lunch\"}").expect(202).json();
        assertThat(paused.path("state").asText()).isEqualTo("paused");
        await(run, "a", "completed");
        assertThat(task(run, "b").path("state").asText()).isEqualTo("pending");
        assertThat(api.post(run + "/pause", "").expect(202).json().path("state").asText())
                .isEqualTo("paused");
        assertThat(api.post(run + "/resume", "{}")
                        .expect(202)
                        .json()
                        .path("state")
                        .asText())
                .isIn("running", "completed");
        assertThat(ended(run).path("state").asText()).isEqualTo("completed");
        api.post(run + "/pause", "").problem(409, "run_completed");
        api.post(run + "/resume", "").problem(409, "run_completed");
    }

    @Test
    void shouldPauseAgainWithoutAKeyAndNotWithTheSame() throws Exception {
        String run = submit("{\"tasks\": [" + WAIT + "]}");
        String key = UUID.randomUUID().toString();
        api.post(run + "/pause", "", "Idempotency-Key", key).expect(202);
        api.post(run + "/resume", "").expect(202);
        assertThat(state(api.post(run + "/pause", "", "Idempotency-Key", key))).isEqualTo("running");
        assertThat(state(api.post(run + "/pause", ""))).isEqualTo("paused");
        assertThat(state(api.post(run + "/resume", ""))).isEqualTo("running");
        api.post(run + "/abort", "").expect(202);
        ended(run);
        api.post(run + "/pause", "").problem(409, "run_aborted");
        api.post(run + "/tasks/wait/skip", "").problem(409, "run_aborted");
    }

    @Test
    void shouldSkipATaskThatWaits() throws Exception {
        String run = submit("{\"tasks\": [" + WAIT
                + ", {\"id\": \"b\", \"type\": \"function\", \"function\": \"noop\", \"deps\": [\"wait\"],"
                + " \"trigger_rule\": \"all_done\"}]}");
        await(run, "wait", "waiting");
        api.post(run + "/tasks/nobody/skip", "").problem(404, "task_not_found");
        api.post(run + "/tasks/wait/skip", "[]").problem(400, "invalid_input");
        JsonNode after = api.post(run + "/tasks/wait/skip", "").expect(202).json();
        assertThat(after.path("tasks").path("wait").path("state").asText()).isEqualTo("skipped");
        assertThat(after.path("tasks").path("wait").path("reason").asText()).isEqualTo("requested");
        JsonNode end = ended(run);
        assertThat(end.path("state").asText()).isEqualTo("completed");
        assertThat(end.path("tasks").path("b").path("state").asText()).isEqualTo("completed");
        api.post(run + "/tasks/b/skip", "").problem(409, "run_completed");
    }

    @Test
    void shouldTryAFailedTaskAgain() throws Exception {
        String run = submit(
                "{\"policy\": {\"on_failure\": \"skip_dependents\", \"scheduling\": \"dataflow\"}, \"tasks\": ["
                        + WAIT
                        + ", {\"id\": \"flaky\", \"type\": \"function\", \"function\": \"fail\", \"input\": {\"until_attempt\": 1}},"
                        + "{\"id\": \"after\", \"type\": \"function\", \"function\": \"noop\", \"deps\": [\"flaky\"]}]}");
        await(run, "after", "skipped");
        api.post(run + "/tasks/wait/retry", "").problem(409, "task_not_waiting");
        String key = UUID.randomUUID().toString();
        api.post(run + "/tasks/flaky/retry", "", "Idempotency-Key", key).expect(202);
        await(run, "after", "completed");
        api.post(run + "/tasks/flaky/retry", "", "Idempotency-Key", key).expect(202);
        api.post(run + "/tasks/flaky/retry", "").problem(409, "task_not_waiting");
        assertThat(task(run, "flaky").path("attempts").asInt()).isEqualTo(2);
        api.post(run + "/tasks/wait/skip", "").expect(202);
        assertThat(ended(run).path("state").asText()).isEqualTo("completed");
    }

    /** Items fail as often as their value says. */
    private static String mapping(String items, String more) {
        return "{\"policy\": {\"scheduling\": \"dataflow\"}, \"tasks\": [" + more
                + "{\"id\": \"m\", \"type\": \"map\", \"items\": \"" + items + "\", \"on_item_failure\": \"collect\","
                + " \"max_parallelism\": 2, \"body\": ["
                + "{\"id\": \"a\", \"type\": \"transform\", \"expression\": \"item\"},"
                + "{\"id\": \"x\", \"type\": \"function\", \"function\": \"fail\", \"deps\": [\"a\"],"
                + " \"input\": {\"until_attempt\": \"${item}\"}},"
                + "{\"id\": \"b\", \"type\": \"transform\", \"expression\": \"item + 10\", \"deps\": [\"x\"]}]}]}";
    }

    @Test
    void shouldTryAFailedItemAgainWhileItsMapRuns() throws Exception {
        String run = submit("{\"policy\": {\"scheduling\": \"dataflow\"}, \"tasks\": ["
                + "{\"id\": \"m\", \"type\": \"map\", \"items\": \"[1, 0]\", \"on_item_failure\": \"collect\", \"body\": ["
                + "{\"id\": \"ask\", \"type\": \"agent\", \"when\": \"item == 0\"},"
                + "{\"id\": \"x\", \"type\": \"function\", \"function\": \"fail\", \"input\": {\"until_attempt\": \"${item}\"}},"
                + "{\"id\": \"b\", \"type\": \"transform\", \"expression\": \"item + 10\","
                + " \"deps\": [\"x\", \"ask\"], \"trigger_rule\": \"any_success\"}]}]}");
        await(run, "m[1].ask", "waiting");
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> task(run, "m").at("/progress/failed").asInt() == 1);

        JsonNode after = api.post(run + "/tasks/m[0].x/retry", "").expect(202).json();
        assertThat(after.at("/tasks/m/state").asText()).isEqualTo("running");
        await(run, "m[0].x", "completed");
        api.post(run + "/tasks/m[1].ask/complete", "{\"output\": 1}").expect(200);

        JsonNode end = ended(run);
        assertThat(end.path("state").asText()).as(end.toString()).isEqualTo("completed");
        assertThat(end.at("/tasks/m/output")).hasToString("[11,10]");
        assertThat(end.at("/tasks/m/progress/failed").asInt()).isZero();
        assertThat(end.at("/tasks/m[0].x/attempts").asInt()).isEqualTo(2);
    }

    @Test
    void shouldTryAFailedItemAgainAfterItsMapUntilSomebodyHasBegunWithIt() throws Exception {
        String run = submit(mapping("[1, 0, 2]", WAIT + ","));
        await(run, "m", "completed");
        assertThat(task(run, "m").at("/progress/failed").asInt()).isEqualTo(2);
        api.post(run + "/tasks/m[1].x/retry", "").problem(409, "task_not_waiting");
        api.post(run + "/tasks/m[7].x/retry", "").problem(404, "task_not_found");
        api.post(run + "/tasks/m[99999999999999].x/retry", "").problem(404, "task_not_found");

        api.post(run + "/tasks/m[0].x/retry", "").expect(202);
        await(run, "m[0].b", "completed");
        await(run, "m", "completed");
        api.post(run + "/tasks/m[2].x/skip", "").expect(202);
        await(run, "m[2].x", "skipped");
        await(run, "m", "completed");
        assertThat(task(run, "m").path("output").get(0).asInt()).isEqualTo(11);
        assertThat(task(run, "m").path("output").get(2).isNull()).isTrue();
        api.post(run + "/tasks/wait/skip", "").expect(202);
        assertThat(ended(run).path("state").asText()).isEqualTo("completed");
        api.post(run + "/tasks/m[0].x/retry", "").problem(409, "run_completed");
    }

    @Test
    void shouldRefuseAFailedItemOfAMapThatOthersHaveBegunWith() throws Exception {
        String next = "{\"id\": \"next\", \"type\": \"wait\", \"duration_ms\": 600000, \"deps\": [\"m\"]},";
        String run = submit(mapping("[1]", next));
        await(run, "next", "waiting");

        JsonNode refused = api.post(run + "/tasks/m[0].x/retry", "").problem(409, "task_not_waiting");

        assertThat(refused.path("message").asText()).contains("next has begun with what m gave");
        api.post(run + "/tasks/next/skip", "").expect(202);
        assertThat(ended(run).path("state").asText()).isEqualTo("completed");
    }

    @Test
    void shouldTellWhoAskedForWhatAndWhy() throws Exception {
        String run = submit("{\"tasks\": [" + WAIT
                + ", {\"id\": \"ask\", \"type\": \"approval\", \"question\": \"Go?\", \"assignees\": [\"bob\"]}]}");
        await(run, "ask", "waiting");
        assertThat(api.get(run + "/audit").expect(200).json().path("items")).isEmpty();
        api.post(run + "/pause", "{\"by\": 7}").problem(400, "invalid_input");
        api.post(run + "/pause", "{\"reason\": \"" + "x".repeat(1_001) + "\"}").problem(400, "invalid_input");
        api.post(run + "/pause", "{\"by\": \"ann\", \"reason\": \"lunch\"}").expect(202);
        api.post(run + "/resume", "").expect(202);
        api.post(run + "/tasks/wait/retry", "{\"by\": \"ann\"}").problem(409, "task_not_waiting");
        api.post(
                        run + "/tasks",
                        "{\"by\": {\"task\": \"wait\"}, \"description\": \"more\","
                                + " \"tasks\": [{\"id\": \"b\", \"type\": \"function\", \"function\": \"noop\"}]}",
                        "Content-Type",
                        "application/json")
                .expect(202);
        api.post(run + "/tasks/ask/decision", "{\"approved\": false, \"by\": \"bob\", \"comment\": \"too dear\"}")
                .expect(200);
        api.post(run + "/tasks/wait/skip", "{\"reason\": \"enough\"}").expect(202);
        ended(run);

        JsonNode items = api.get(run + "/audit").expect(200).json().path("items");
        assertThat(items)
                .extracting(item -> item.path("request").asText())
                .containsExactly("pause", "resume", "retry", "patch", "answer", "skip");
        assertThat(items).allMatch(item -> item.path("at").isIntegralNumber());
        assertThat(items.get(0).path("by").asText()).isEqualTo("ann");
        assertThat(items.get(0).path("reason").asText()).isEqualTo("lunch");
        assertThat(items.get(1).has("by")).isFalse();
        assertThat(items.get(2).path("task").asText()).isEqualTo("wait");
        assertThat(items.get(2).at("/refused/code").asText()).isEqualTo("task_not_waiting");
        assertThat(items.get(3).at("/by/task").asText()).isEqualTo("wait");
        assertThat(items.get(3).path("reason").asText()).isEqualTo("more");
        assertThat(items.get(4).path("by").asText()).isEqualTo("bob");
        assertThat(items.get(4).path("reason").asText()).isEqualTo("too dear");
        assertThat(items.get(5).path("reason").asText()).isEqualTo("enough");
    }

    @Test
    void shouldTellWhoAbortedAndWhoRaisedTheBudget() throws Exception {
        String run = submit(
                "{\"policy\": {\"budget_limit\": {\"amount\": 1, \"currency\": \"USD\"}}, \"tasks\": [" + WAIT + "]}");
        await(run, "wait", "waiting");
        api.post(run + "/budget", "{\"amount\": 2.5, \"currency\": \"USD\", \"by\": \"cfo\"}")
                .expect(202);
        api.post(run + "/abort", "{\"by\": \"ann\", \"reason\": \"wrong input\"}")
                .expect(202);
        ended(run);

        JsonNode items = api.get(run + "/audit").expect(200).json().path("items");
        assertThat(items).hasSize(2);
        assertThat(items.get(0).at("/budget_limit/amount").decimalValue()).isEqualByComparingTo("2.5");
        assertThat(items.get(0).path("by").asText()).isEqualTo("cfo");
        assertThat(items.get(1).path("request").asText()).isEqualTo("abort");
        assertThat(items.get(1).path("reason").asText()).isEqualTo("wrong input");
    }

    @Test
    void shouldNotFindRunsThatAreNotThere() throws Exception {
        for (String call : new String[] {"/pause", "/resume", "/tasks/a/skip", "/tasks/a/retry"}) {
            api.post("/runs/absent" + call, "").problem(404, "run_not_found");
        }
        api.get("/runs/absent/audit").problem(404, "run_not_found");
    }

    private static String submit(String document) throws Exception {
        return "/runs/" + api.submit(document).expect(202).json().path("id").asText();
    }

    private static JsonNode ended(String run) throws Exception {
        return api.ended(run.substring("/runs/".length()));
    }

    private static String state(Api.Answer answer) {
        return answer.expect(202).json().path("state").asText();
    }

    private static JsonNode task(String run, String task) throws Exception {
        return api.get(run + "/tasks/" + task).expect(200).json();
    }

    private static void await(String run, String task, String state) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> task(run, task).path("state").asText().equals(state));
    }
}
