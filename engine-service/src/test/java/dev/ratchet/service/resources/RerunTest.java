package dev.ratchet.service.resources;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.service.server.EngineForTests;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Runs that are carried out again as new ones, on a real Temporal. */
class RerunTest {
    private static final String FLAKY =
            "{'name': 'flaky', 'labels': {'team': 'a'}, 'input': {'score': 7, 'fails': true}, 'tasks': ["
                    + "{'id': 'read', 'type': 'transform', 'expression': '{\"score\": input.score}'},"
                    + "{'id': 'ask', 'prompt': 'Say it', 'model': 'sim', 'deps': ['read']},"
                    + "{'id': 'large', 'type': 'transform', 'jq': '[range(9000)]', 'deps': ['read']},"
                    + "{'id': 'high', 'type': 'function', 'function': 'noop', 'deps': [{'task': 'read', 'when': 'output.score > 5'}]},"
                    + "{'id': 'low', 'type': 'function', 'function': 'noop', 'deps': [{'task': 'read', 'when': 'output.score < 5'}]},"
                    + "{'id': 'ported', 'type': 'function', 'function': 'noop', 'deps': [{'task': 'read', 'port': 'score', 'to_input': 'x'}]},"
                    + "{'id': 'fragile', 'type': 'transform', 'expression': 'input.fails ? [][1] : 1', 'deps': ['ask', 'high', 'large']},"
                    + "{'id': 'after', 'type': 'transform', 'expression': 'tasks.read.output.score + tasks.fragile.output',"
                    + "  'deps': [{'task': 'fragile', 'when': 'tasks.read.output.score == 7'}, {'task': 'read', 'port': 'score'}]}]}";
    private static Api api;

    @BeforeAll
    static void start() {
        api = new Api(EngineForTests.shared().url().orElseThrow());
    }

    @Test
    void shouldSayWhoHadItCarriedOutAgainAndWhy() throws Exception {
        String id = api.run(json(FLAKY)).path("id").asText();

        for (String call : new String[] {"retry", "rerun"}) {
            JsonNode fresh = api.post("/runs/" + id + "/" + call, json("{'by': 'ann', 'reason': 'a bad night'}"))
                    .expect(202)
                    .json();

            String again = fresh.path("id").asText();
            assertThat(api.ended(again).path("state").asText()).isEqualTo("failed");
            JsonNode items =
                    api.get("/runs/" + again + "/audit").expect(200).json().path("items");
            assertThat(items).hasSize(1);
            assertThat(items.at("/0/request").asText()).isEqualTo("rerun");
            assertThat(items.at("/0/by").asText()).isEqualTo("ann");
            assertThat(items.at("/0/reason").asText()).isEqualTo("a bad night");
        }
        api.post("/runs/" + id + "/rerun", json("{'by': 7}")).problem(400, "invalid_input");
    }

    @Test
    void shouldRetryWhatDidNotCompleteAndKeepTheRest() throws Exception {
        JsonNode first = api.run(json(FLAKY));
        assertThat(first.path("state").asText()).isEqualTo("failed");
        String id = first.path("id").asText();

        Api.Answer accepted = api.post("/runs/" + id + "/retry", json("{'input': {'score': 7, 'fails': false}}"))
                .expect(202);
        JsonNode fresh = accepted.json();
        String again = fresh.path("id").asText();
        assertThat(again).isNotEqualTo(id);
        assertThat(accepted.header("Location")).endsWith("/api/v1/runs/" + again);
        assertThat(fresh.path("rerun_of").asText()).isEqualTo(id);
        assertThat(fresh.path("tasks").path("ask").path("kept").asBoolean()).isTrue();

        JsonNode run = api.ended(again);
        assertThat(run.path("state").asText()).as(run.toString()).isEqualTo("completed");
        assertThat(run.path("rerun_of").asText()).isEqualTo(id);
        assertThat(run.path("name").asText()).isEqualTo("flaky");
        JsonNode ask = run.path("tasks").path("ask");
        assertThat(ask.path("kept").asBoolean()).isTrue();
        assertThat(ask.path("attempts").asInt()).isZero();
        assertThat(ask.has("usage")).isFalse();
        assertThat(ask.path("output")).isEqualTo(first.path("tasks").path("ask").path("output"));
        assertThat(run.path("tasks").path("low").path("state").asText()).isEqualTo("skipped");
        assertThat(run.path("tasks").path("after").path("output").asInt()).isEqualTo(8);
        assertThat(run.path("tasks").path("fragile").has("kept")).isFalse();
        assertThat(run.path("usage").path("tokens").asInt()).isZero();
        assertThat(run.path("version").asLong()).isPositive();
    }

    /** What completed of a map is not carried out again, nor paid for. */
    @Test
    void shouldRetryAMapWithTheItemsThatCompleted() throws Exception {
        JsonNode first = api.run(json("{'policy': {'scheduling': 'dataflow', 'max_parallelism': 1}, 'tasks': ["
                + "{'id': 'm', 'type': 'map', 'items': '[0, 0, 1]', 'max_parallelism': 1, 'body': ["
                + "{'id': 'say', 'prompt': 'Say ${index}', 'model': 'sim'},"
                + "{'id': 'x', 'type': 'function', 'function': 'fail', 'input': {'until_attempt': '${item}'}, 'deps': ['say']},"
                + "{'id': 'y', 'type': 'transform', 'expression': 'index', 'deps': ['say']}]}]}"));
        assertThat(first.path("state").asText()).isEqualTo("failed");
        int spent = first.at("/usage/tokens").asInt();

        String again = api.post("/runs/" + first.path("id").asText() + "/retry", "")
                .expect(202)
                .json()
                .path("id")
                .asText();
        JsonNode run = api.ended(again);

        assertThat(run.at("/tasks/m/error/details/task").asText()).isEqualTo("m[2].x");
        assertThat(run.at("/usage/tokens").asInt()).isPositive().isLessThan(spent);
        assertThat(run.path("tasks").has("m[0].say")).isFalse();
        assertThat(run.at("/tasks/m/progress/done").asInt()).isEqualTo(3);
    }

    /** Failed items of a map that collects can be had again when its run is over. */
    @Test
    void shouldRetryFailedItemsOfAMapThatCompleted() throws Exception {
        JsonNode first = api.run(
                json(
                        "{'tasks': [{'id': 'm', 'type': 'map', 'items': '[0, 1]', 'on_item_failure': 'collect',"
                                + " 'body': [{'id': 'x', 'type': 'function', 'function': 'fail', 'input': {'until_attempt': '${item}'}}]}]}"));
        assertThat(first.path("state").asText()).isEqualTo("completed");

        String again = api.post("/runs/" + first.path("id").asText() + "/retry", "")
                .expect(202)
                .json()
                .path("id")
                .asText();
        JsonNode run = api.ended(again);

        assertThat(run.at("/tasks/m/progress/done").asInt()).isEqualTo(2);
        assertThat(run.path("tasks").has("m[0].x")).isFalse();
        assertThat(run.at("/tasks/m[1].x/state").asText()).isEqualTo("failed");
        assertThat(run.at("/tasks/m/output/0")).isEqualTo(first.at("/tasks/m/output/0"));
    }

    @Test
    void shouldRerunFromATask() throws Exception {
        String id = api.run(json(FLAKY.replace("'fails': true", "'fails': false")))
                .path("id")
                .asText();
        JsonNode fresh = api.post("/runs/" + id + "/rerun", json("{'from': ['high']}"))
                .expect(202)
                .json();
        JsonNode run = api.ended(fresh.path("id").asText());

        assertThat(run.path("state").asText()).isEqualTo("completed");
        for (String kept : new String[] {"read", "ask", "large", "ported"}) {
            assertThat(run.path("tasks").path(kept).path("kept").asBoolean())
                    .as(kept)
                    .isTrue();
        }
        for (String again : new String[] {"high", "fragile", "after"}) {
            assertThat(run.path("tasks").path(again).has("kept")).as(again).isFalse();
            assertThat(run.path("tasks").path(again).path("attempts").asInt()).isEqualTo(1);
        }
    }

    /** What is kept is then more than an execution may begin with, and is stored for it. */
    @Test
    void shouldKeepMoreThanFitsIntoTheStartOfARun() throws Exception {
        int tasks = 24;
        StringBuilder document = new StringBuilder("{'policy': {'tasks_per_activity': 1}, 'tasks': [");
        StringBuilder ids = new StringBuilder();
        for (int i = 0; i < tasks; i++) {
            String text =
                    Integer.toString(i).repeat(15_000 / Integer.toString(i).length());
            document.append("{'id': 'k" + i + "', 'type': 'function', 'function': 'echo', 'input': {'n': " + i
                    + ", 'text': '" + text + "'}},");
            ids.append(i == 0 ? "" : ",").append("'k" + i + "'");
        }
        document.append("{'id': 'paid', 'prompt': 'Say it', 'model': 'sim'},");
        document.append("{'id': 'last', 'type': 'transform', 'expression': 'tasks.k3.output.n + tasks.k23.output.n',")
                .append("'deps': ['paid'," + ids + "]}]}");
        JsonNode first = api.run(json(document.toString()));
        assertThat(first.path("state").asText())
                .as(first.path("error").toString())
                .isEqualTo("completed");
        assertThat(first.path("usage").path("tokens").asInt()).isPositive();

        JsonNode fresh = api.post("/runs/" + first.path("id").asText() + "/rerun", json("{'from': ['last']}"))
                .expect(202)
                .json();
        JsonNode run = api.ended(fresh.path("id").asText());
        String address = EngineForTests.shared().temporal().orElseThrow().address();
        String begun = Operator.inputOf(address, "default/" + run.path("id").asText());
        assertThat(Json.read(begun, JsonNode.class).at("/carried/size").asLong())
                .as("what is kept, stored")
                .isGreaterThan(128 * 1024);
        assertThat(run.path("state").asText()).as(run.path("error").toString()).isEqualTo("completed");
        assertThat(run.path("usage").path("tokens").asInt()).isZero();
        for (int i = 0; i < tasks; i++) {
            String whole = "/runs/" + run.path("id").asText() + "/tasks/k" + i + "/output";
            assertThat(run.path("tasks").path("k" + i).path("kept").asBoolean()).isTrue();
            assertThat(run.path("tasks").path("k" + i).path("attempts").asInt()).isZero();
            assertThat(api.get(whole).expect(200).json())
                    .isEqualTo(api.get("/runs/" + first.path("id").asText() + "/tasks/k" + i + "/output")
                            .json());
        }
        assertThat(run.path("tasks").path("last").path("output").asInt()).isEqualTo(26);
        assertThat(run.path("tasks").path("last").path("attempts").asInt()).isEqualTo(1);

        JsonNode again = api.post("/runs/" + run.path("id").asText() + "/rerun", json("{'from': ['last']}"))
                .expect(202)
                .json();
        assertThat(api.ended(again.path("id").asText())
                        .path("tasks")
                        .path("last")
                        .path("output")
                        .asInt())
                .isEqualTo(26);
    }

    @Test
    void shouldRerunAllOfItUnderAnIdOfItsOwn() throws Exception {
        String id = "first-" + UUID.randomUUID();
        JsonNode first = api.run(json(FLAKY.replace("{'name'", "{'id': '" + id + "', 'name'")));
        String other = "again-" + UUID.randomUUID();
        String order = json("{'id': '" + other + "', 'input': {'score': 3, 'fails': false}}");
        assertThat(api.post("/runs/" + id + "/rerun", order)
                        .expect(202)
                        .json()
                        .path("id")
                        .asText())
                .isEqualTo(other);
        JsonNode run = api.ended(other);
        assertThat(run.path("state").asText()).isEqualTo("completed");
        assertThat(run.path("tasks").path("low").path("state").asText()).isEqualTo("completed");
        assertThat(run.path("tasks").path("ask").path("attempts").asInt()).isEqualTo(1);
        assertThat(run.toString()).doesNotContain("\"kept\"");
        assertThat(api.get("/runs/" + other + "/document").json().path("id").asText())
                .isEqualTo(other);
        assertThat(api.get("/runs/" + other + "/document")
                        .json()
                        .path("input")
                        .path("score")
                        .asInt())
                .isEqualTo(3);
        assertThat(api.post("/runs/" + id + "/rerun", order)
                        .expect(202)
                        .json()
                        .path("state")
                        .asText())
                .isEqualTo("completed");
        api.post("/runs/" + id + "/rerun", json("{'id': '" + other + "'}")).problem(409, "run_exists");
        assertThat(first.path("state").asText()).isEqualTo("failed");
    }

    @Test
    void shouldRerunWhatWasRerunAndWhatWasPatched() throws Exception {
        String run = "/runs/"
                + api.submit(json("{'tasks': [{'id': 'a', 'type': 'wait', 'duration_ms': 600000}]}"))
                        .expect(202)
                        .json()
                        .path("id")
                        .asText();
        api.patch(
                        run + "/patch",
                        json(
                                "[{'op': 'add', 'path': '/tasks/-', 'value': {'id': 'b', 'type': 'function', 'function': 'echo', 'input': {'n': 4}}}]"))
                .expect(200);
        api.post(run + "/retry", "").problem(409, "task_not_waiting");
        org.awaitility.Awaitility.await()
                .until(() -> api.get(run)
                        .json()
                        .path("tasks")
                        .path("a")
                        .path("state")
                        .asText()
                        .equals("waiting"));
        api.post(run + "/tasks/a/skip", "").expect(202);
        api.ended(run.substring("/runs/".length()));

        JsonNode all =
                api.post(run + "/rerun", json("{'from': ['a']}")).expect(202).json();
        assertThat(all.path("tasks").path("b").path("kept").asBoolean()).isTrue();
        String second = "/runs/" + all.path("id").asText();
        org.awaitility.Awaitility.await()
                .until(() -> api.get(second)
                        .json()
                        .path("tasks")
                        .path("a")
                        .path("state")
                        .asText()
                        .equals("waiting"));
        api.post(second + "/tasks/a/skip", "").expect(202);
        api.ended(second.substring("/runs/".length()));
        JsonNode third =
                api.post(second + "/rerun", json("{'from': ['b']}")).expect(202).json();
        assertThat(third.path("rerun_of").asText()).isEqualTo(all.path("id").asText());
        api.post("/runs/" + third.path("id").asText() + "/abort", "").expect(202);
    }

    @Test
    void shouldStartOnceUnderOneKey() throws Exception {
        String id = api.run(json(FLAKY)).path("id").asText();
        String key = UUID.randomUUID().toString();
        String again = api.post("/runs/" + id + "/retry", "", "Idempotency-Key", key)
                .expect(202)
                .json()
                .path("id")
                .asText();
        assertThat(api.post("/runs/" + id + "/retry", "", "Idempotency-Key", key)
                        .expect(202)
                        .json()
                        .path("id")
                        .asText())
                .isEqualTo(again);
        assertThat(api.ended(again).path("state").asText()).isEqualTo("failed");
    }

    @Test
    void shouldRefuseWhatMakesNoSense() throws Exception {
        String id = api.run(json(FLAKY)).path("id").asText();
        api.post("/runs/" + id + "/rerun", json("{'from': ['nobody']}")).problem(404, "task_not_found");
        api.post("/runs/" + id + "/rerun", json("{'from': 'ask'}")).problem(400, "invalid_input");
        api.post("/runs/" + id + "/rerun", json("{'from': [1]}")).problem(400, "invalid_input");
        api.post("/runs/" + id + "/rerun", json("{'id': 7}")).problem(400, "invalid_input");
        api.post("/runs/" + id + "/rerun", json("{'id': '/'}")).problem(400, "invalid_input");
        api.post("/runs/" + id + "/retry", json("{'id': '" + id + "'}")).problem(409, "run_exists");
        api.post("/runs/absent/retry", "").problem(404, "run_not_found");
    }

    private static String json(String text) {
        // expressions hold quotes of their own
        return Json.write(Json.read(text.replace("\"", "\\\"").replace('\'', '"'), JsonNode.class));
    }
}
