package dev.ratchet.service.resources;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.service.server.EngineForTests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Graphs that change while they run, on a real Temporal. */
class PatchTest {
    private static final String HELD = "{'id': 'first', 'type': 'function', 'function': 'echo', 'input': {'score': 7}},"
            + "{'id': 'hold', 'type': 'wait', 'duration_ms': 600000, 'deps': ['first']},"
            + "{'id': 'last', 'type': 'function', 'function': 'noop', 'deps': ['hold']}";
    private static Api api;

    @BeforeAll
    static void start() {
        api = new Api(EngineForTests.shared().url().orElseThrow());
    }

    @Test
    void shouldAddReplaceAndRemove() throws Exception {
        String run = held();
        JsonNode patched = api.patch(
                        run + "/patch",
                        json("{'description': 'more', 'by': 'ann', 'operations': ["
                                + "{'op': 'test', 'path': '/tasks/2/id', 'value': 'last'},"
                                + "{'op': 'replace', 'path': '/tasks/2/deps', 'value': ['more']},"
                                + "{'op': 'add', 'path': '/tasks/-', 'value': {'id': 'more', 'type': 'function', 'function': 'noop', 'deps': ['first']}},"
                                + "{'op': 'remove', 'path': '/tasks/1/deps/0'},"
                                + "{'op': 'add', 'path': '/tasks/1/deps/-', 'value': 'first'}]}"))
                .expect(200)
                .json();
        assertThat(patched).isEqualTo(read("{'revision': 2, 'added': ['more'], 'changed': ['last'], 'removed': []}"));

        JsonNode after = await(run, "last", "completed");
        assertThat(after.path("revision").asInt()).isEqualTo(2);
        assertThat(names(after)).containsExactly("first", "hold", "last", "more");
        JsonNode revisions = api.get(run + "/revisions").expect(200).json().path("items");
        assertThat(revisions).hasSize(2);
        assertThat(revisions.get(0).path("revision").asInt()).isEqualTo(1);
        assertThat(revisions.get(1).path("by").asText()).isEqualTo("ann");
        assertThat(revisions.get(1).path("description").asText()).isEqualTo("more");
        assertThat(revisions.get(1).path("operations")).hasSize(5);
        assertThat(api.get(run + "/document").json().path("tasks")).hasSize(4);
        assertThat(api.get(run + "/document?revision=1").json().path("tasks")).hasSize(3);
        assertThat(api.get(run + "/document?revision=2")
                        .json()
                        .path("tasks")
                        .get(2)
                        .path("deps"))
                .isEqualTo(read("['more']"));
        api.get(run + "/document?revision=3").problem(400, "invalid_input");

        finish(run);
        assertThat(api.get(run + "/revisions").json().path("items")).isEqualTo(revisions);
        assertThat(api.get(run + "/document").json().path("tasks")).hasSize(4);
        api.patch(run + "/patch", "[]").problem(422, "patch_invalid");
        api.patch(run + "/patch", add("late", "first")).problem(409, "run_completed");
    }

    @Test
    void shouldTakeBareArraysPostAndTheMediaTypeOfJsonPatch() throws Exception {
        String run = held();
        String operations = json(
                "[{'op': 'add', 'path': '/tasks/-', 'value': {'id': 'x', 'type': 'function', 'function': 'noop'}}]");
        assertThat(api.post(run + "/patch", operations, "Content-Type", "application/json-patch+json")
                        .expect(200)
                        .json()
                        .path("revision")
                        .asInt())
                .isEqualTo(2);
        api.post(run + "/patch", operations, "Content-Type", "text/plain").problem(415, "unsupported_media_type");
        api.post(run + "/patch", operations, "Content-Type", "application/json").problem(400, "invalid_input");
        finish(run);
    }

    @Test
    void shouldAddTasksToEitherForm() throws Exception {
        String run = "/runs/"
                + api.submit(
                                json(
                                        "{'policy': {'scheduling': 'dataflow'}, 'nodes': [{'id': 'a', 'type': 'wait', 'config': {'duration_ms': 600000}},"
                                                + "{'id': 'b', 'type': 'function', 'config': {'function': 'echo', 'input': {'n': 1}}}], 'edges': []}"))
                        .expect(202)
                        .json()
                        .path("id")
                        .asText();
        await(run, "b", "completed");
        JsonNode added = api.post(
                        run + "/tasks",
                        json(
                                "{'tasks': [{'id': 'c', 'type': 'transform', 'expression': 'args.got', 'deps': [{'task': 'b', 'port': 'n', 'to_input': 'got'}]},"
                                        + "{'id': 'd', 'type': 'function', 'function': 'noop', 'deps': [{'task': 'b', 'when': 'output.n > 1'}]},"
                                        + "{'id': 'e', 'type': 'function', 'function': 'noop', 'deps': [{'task': 'b', 'port': 'missing'}]}], 'description': 'two more'}"),
                        "Content-Type",
                        "application/json")
                .expect(202)
                .json();
        assertThat(added.path("added")).isEqualTo(read("['c', 'd', 'e']"));
        JsonNode after = await(run, "e", "skipped");
        await(run, "c", "completed");
        await(run, "d", "skipped");
        assertThat(api.get(run + "/tasks/c").json().path("output").asInt()).isEqualTo(1);
        assertThat(after.path("tasks").path("e").path("reason").asText()).isEqualTo("condition");
        assertThat(api.get(run + "/document").json().path("edges")).hasSize(3);
        api.patch(run + "/patch", json("[{'op': 'remove', 'path': '/edges/0'}]"))
                .problem(409, "task_not_waiting");
        api.patch(run + "/patch", json("[{'op': 'add', 'path': '/tasks/-', 'value': {}}]"))
                .problem(422, "patch_invalid");
        finish(run, "a");
    }

    @Test
    void shouldLeaveAloneWhatHasBegun() throws Exception {
        String run = held();
        JsonNode problem = api.patch(
                        run + "/patch",
                        json(
                                "[{'op': 'remove', 'path': '/tasks/1'}, {'op': 'replace', 'path': '/tasks/1/deps', 'value': []}]"))
                .problem(409, "task_not_waiting");
        assertThat(problem.path("message").asText()).contains("hold");
        api.patch(run + "/patch", json("[{'op': 'replace', 'path': '/tasks/0/input', 'value': {}}]"))
                .problem(409, "task_not_waiting");
        assertThat(api.get(run).json().path("revision").asInt()).isEqualTo(1);
        finish(run);
    }

    @Test
    void shouldSayWhatIsWrongWithAPatch() throws Exception {
        String run = held();
        JsonNode problem = api.patch(
                        run + "/patch",
                        json(
                                "{'operations': [{'op': 'test', 'path': '/tasks/0/id', 'value': 'first'}, {'op': 'replace', 'path': '/tasks/9', 'value': {}}]}"))
                .problem(422, "patch_invalid");
        assertThat(problem.path("errors").get(0).path("pointer").asText()).isEqualTo("/operations/1");
        assertThat(api.patch(
                                run + "/patch",
                                json(
                                        "[{'op': 'move', 'path': '/tasks/0', 'value': 1}, {'op': 'add', 'path': 'tasks'}]"))
                        .problem(422, "patch_invalid")
                        .path("errors"))
                .hasSize(3);
        for (String operation : List.of(
                "{'op': 'add', 'path': '/policy/max_parallelism', 'value': 3}",
                "{'op': 'remove', 'path': '/nodes/0'}",
                "{'op': 'test', 'path': '/tasks/0/id', 'value': 'second'}",
                "{'op': 'add', 'path': '/tasks/01', 'value': {}}",
                "{'op': 'remove', 'path': '/tasks/-'}",
                "{'op': 'add', 'path': '/tasks/x/y/z', 'value': {}}")) {
            api.patch(run + "/patch", json("[" + operation + "]")).problem(422, "patch_invalid");
        }
        api.patch(run + "/patch", json("{'operations': [], 'rollback_to': 1}")).problem(400, "invalid_input");
        api.patch(run + "/patch", json("{'rollback_to': 'one'}")).problem(400, "invalid_input");
        api.patch(run + "/patch", json("{'rollback_to': 7}")).problem(400, "invalid_input");
        api.patch(run + "/patch", json("{'surprise': 7}")).problem(400, "invalid_input");
        api.patch(run + "/patch", "{").problem(400, "invalid_input");
        JsonNode graph = api.patch(run + "/patch", add("x", "nobody")).problem(422, "dep_not_found");
        assertThat(graph.path("errors").get(0).path("pointer").asText()).isEqualTo("/0/value/deps/0");
        api.patch(run + "/patch", json("[{'op': 'replace', 'path': '/tasks/2/deps', 'value': ['last']}]"))
                .problem(422, "dag_cycle");
        api.patch(run + "/patch", json("[{'op': 'add', 'path': '/tasks/-', 'value': {'id': 'x', 'surprise': 1}}]"))
                .problem(400, "invalid_input");
        String many = IntStream.rangeClosed(0, 100)
                .mapToObj(i -> "{'op': 'test', 'path': '/tasks/0/id', 'value': 'first'}")
                .collect(Collectors.joining(","));
        api.patch(run + "/patch", json("[" + many + "]")).problem(422, "limit_exceeded");
        api.patch(run + "/patch", add("x".repeat(270_000), "first")).problem(413, "too_large");
        assertThat(api.get(run).json().path("revision").asInt()).isEqualTo(1);
        finish(run);
        api.patch("/runs/absent/patch", add("x", "y")).problem(404, "run_not_found");
        api.get("/runs/absent/revisions").problem(404, "run_not_found");
    }

    @Test
    void shouldPointIntoTheBodyThatWasSent() throws Exception {
        String run = held();
        String test = "{'op': 'test', 'path': '/tasks/0/id', 'value': 'first'}, ";
        String task = "{'id': 'x', 'type': 'function', 'function': 'noop', 'deps': ['first', 'nobody']}";
        String add = "{'op': 'add', 'path': '/tasks/-', 'value': " + task + "}";
        assertThat(pointers(api.patch(run + "/patch", json("{'operations': [" + test + add + "]}"))
                        .problem(422, "dep_not_found")))
                .containsExactly("/operations/1/value/deps/1");
        assertThat(pointers(api.patch(run + "/patch", json("[" + test + "{'op': 'remove', 'path': '/tasks/1'}]"))
                        .problem(422, "dep_not_found")))
                .containsExactly("/1");
        assertThat(pointers(tasks(run, "[{'id': 'y', 'type': 'function', 'function': 'noop'}, " + task + "]")
                        .problem(422, "dep_not_found")))
                .containsExactly("/tasks/1/deps/1");
        assertThat(pointers(tasks(run, "[{'id': 'first', 'type': 'function', 'function': 'noop'}, 7]")
                        .problem(400, "invalid_input")))
                .containsExactlyInAnyOrder("/tasks/0/id", "/tasks/1");
        finish(run);
    }

    @Test
    void shouldPointIntoTheBodyThatWasSentToADocumentOfNodes() throws Exception {
        String run = "/runs/"
                + api.submit(json("{'nodes': [{'id': 'a', 'type': 'wait', 'config': {'duration_ms': 600000}}]}"))
                        .expect(202)
                        .json()
                        .path("id")
                        .asText();
        await(run, "a", "waiting");
        String noop = "'type': 'function', 'function': 'noop'";
        assertThat(pointers(tasks(run, "[{'id': 'b', " + noop + ", 'deps': ['a', 'nobody']}]")
                        .problem(422, "dep_not_found")))
                .allMatch(pointer -> pointer.startsWith("/tasks/0/deps/1"));
        assertThat(pointers(
                        tasks(run, "[{'id': 'b', " + noop + ", 'deps': 'a'}]").problem(400, "invalid_input")))
                .containsExactly("/tasks/0/deps");
        tasks(run, "[{'id': 'b', " + noop + ", 'deps': ['a']}]").expect(202);
        assertThat(api.get(run + "/document").json().path("edges")).hasSize(1);
        finish(run, "a");
    }

    private static Api.Answer tasks(String run, String tasks) throws Exception {
        return api.post(run + "/tasks", json("{'tasks': " + tasks + "}"), "Content-Type", "application/json");
    }

    private static List<String> pointers(JsonNode problem) {
        List<String> pointers = new ArrayList<>();
        problem.path("errors")
                .forEach(error -> pointers.add(error.path("pointer").asText()));
        return pointers;
    }

    @Test
    void shouldRefuseAnotherRevisionThanTheOneNamed() throws Exception {
        String run = held();
        api.patch(run + "/patch", add("x", "first"), "If-Match", "\"1\"").expect(200);
        api.patch(run + "/patch", add("y", "first"), "If-Match", "1").problem(409, "revision_conflict");
        api.patch(run + "/patch", add("y", "first"), "If-Match", "soon").problem(400, "invalid_input");
        api.patch(run + "/patch", add("y", "first"), "If-Match", "2").expect(200);
        finish(run);
    }

    @Test
    void shouldTellWhatAPatchWouldDoWithoutDoingIt() throws Exception {
        String run = held();
        JsonNode would = api.patch(run + "/patch?dry_run=true", add("x", "first"))
                .expect(200)
                .json();
        assertThat(would)
                .isEqualTo(read("{'revision': 2, 'dry_run': true, 'added': ['x'], 'changed': [], 'removed': []}"));
        api.patch(run + "/patch?dry_run=true", add("x", "nobody")).problem(422, "dep_not_found");
        api.patch(run + "/patch?dry_run=perhaps", add("x", "first")).problem(400, "invalid_input");
        assertThat(api.get(run).json().path("revision").asInt()).isEqualTo(1);
        finish(run);
    }

    @Test
    void shouldPatchOnceUnderOneKey() throws Exception {
        String run = held();
        String key = UUID.randomUUID().toString();
        JsonNode first = api.patch(run + "/patch", add("x", "first"), "Idempotency-Key", key)
                .expect(200)
                .json();
        api.patch(run + "/patch", add("y", "first")).expect(200);
        assertThat(api.patch(run + "/patch", add("x", "first"), "Idempotency-Key", key)
                        .expect(200)
                        .json())
                .isEqualTo(first);
        assertThat(api.get(run).json().path("revision").asInt()).isEqualTo(3);
        finish(run);
    }

    @Test
    void shouldWarnAgainWhenAPatchIsRepeatedUnderItsKey() throws Exception {
        String run = held();
        String key = UUID.randomUUID().toString();
        String pointless = json("[{'op': 'add', 'path': '/tasks/-', 'value': {'id': 'x', 'type': 'function',"
                + " 'function': 'noop', 'deps': ['first'], 'retry': {'retry_on': ['invalid_input']}}}]");
        JsonNode first = api.patch(run + "/patch", pointless, "Idempotency-Key", key)
                .expect(200)
                .json();
        assertThat(first.path("warnings")).hasSize(1);
        assertThat(api.patch(run + "/patch", pointless, "Idempotency-Key", key)
                        .expect(200)
                        .json())
                .isEqualTo(first);
        finish(run);
    }

    @Test
    void shouldGoBackToAnEarlierRevision() throws Exception {
        String run = held();
        api.patch(run + "/patch", add("x", "first")).expect(200);
        await(run, "x", "completed");
        api.patch(run + "/patch", json("[{'op': 'remove', 'path': '/tasks/2'}]"))
                .expect(200);
        api.patch(run + "/patch", add("y", "hold")).expect(200);
        JsonNode back = api.patch(run + "/patch", json("{'rollback_to': 1, 'description': 'as it was'}"))
                .expect(200)
                .json();

        assertThat(back).isEqualTo(read("{'revision': 5, 'added': ['last'], 'changed': [], 'removed': ['y']}"));
        assertThat(names(api.get(run).json())).containsExactly("first", "hold", "last", "x");
        assertThat(api.get(run + "/revisions")
                        .json()
                        .path("items")
                        .get(4)
                        .path("rollback_to")
                        .asInt())
                .isEqualTo(1);
        finish(run);
    }

    @Test
    void shouldCompleteARunThatIsEmptied() throws Exception {
        String run = "/runs/"
                + api.submit(
                                json(
                                        "{'tasks': [{'id': 'a', 'type': 'wait', 'duration_ms': 600000}, {'id': 'b', 'type': 'function', 'function': 'noop', 'deps': ['a']}]}"))
                        .expect(202)
                        .json()
                        .path("id")
                        .asText();
        await(run, "a", "waiting");
        api.patch(run + "/patch", json("[{'op': 'remove', 'path': '/tasks/1'}]"))
                .expect(200);
        api.post(run + "/tasks/a/skip", "").expect(202);
        JsonNode end = api.ended(run.substring(6));
        assertThat(end.path("state").asText()).isEqualTo("completed");
        assertThat(names(end)).containsExactly("a");
    }

    @Test
    void shouldBoundTheAgentsThatATaskAdds() throws Exception {
        String run = held();
        api.patch(
                        run + "/patch",
                        json(
                                "{'by': {'task': 'nobody'}, 'operations': [{'op': 'test', 'path': '/tasks/0/id', 'value': 'first'}]}"))
                .problem(404, "task_not_found");
        api.patch(
                        run + "/patch",
                        json(
                                "{'by': {'task': 'first'}, 'operations': [{'op': 'test', 'path': '/tasks/0/id', 'value': 'first'}]}"))
                .expect(200);
        assertThat(api.get(run + "/revisions").json().path("items").get(1).path("by"))
                .isEqualTo(read("{'task': 'first'}"));
        finish(run);
    }

    @Test
    void shouldCountAgentsInBodies() throws Exception {
        String run = held();
        String map =
                "{'id': 'each', 'type': 'map', 'items': '[1]', 'deps': ['hold'], 'body': [{'id': 'turns', 'type': 'loop',"
                        + " 'until': 'true', 'max_iterations': 2, 'body': [%s]}]}";
        api.post(
                        run + "/tasks",
                        json("{'by': {'task': 'first'}, 'tasks': [" + map.formatted(agents(0, 6)) + "]}"),
                        "Content-Type",
                        "application/json")
                .problem(422, "limit_exceeded");
        String child = "{'id': 'child', 'type': 'run', 'deps': ['hold'], 'graph': {'nodes': ["
                + "{'id': 'l', 'type': 'loop', 'config': {'until': 'true', 'max_iterations': 2, 'body': [%s]}}]}}";
        api.patch(run + "/patch", signed("'op': 'add', 'path': '/tasks/-', 'value': " + child.formatted(agents(0, 6))))
                .problem(422, "limit_exceeded");
        api.patch(run + "/patch", signed("'op': 'add', 'path': '/tasks/-', 'value': " + map.formatted(agents(0, 5))))
                .expect(200);
        String body = "'op': 'replace', 'path': '/tasks/3/body/0/body', 'value': [%s]";
        api.patch(run + "/patch", signed(body.formatted(agents(0, 11)))).problem(422, "limit_exceeded");
        for (int more = 10; more <= 20; more += 5) {
            api.patch(run + "/patch", signed(body.formatted(agents(0, more)))).expect(200);
        }
        api.patch(run + "/patch", signed(body.formatted(agents(0, 21)))).problem(422, "limit_exceeded");
        api.patch(run + "/patch", json("[{" + body.formatted(agents(0, 30)) + "}]"))
                .expect(200);
        api.post(run + "/abort", "").expect(202);
    }

    private static String signed(String operation) {
        return json("{'by': {'task': 'first'}, 'operations': [{" + operation + "}]}");
    }

    private static String agents(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "{'id': 'agent" + i + "', 'type': 'agent'}")
                .collect(Collectors.joining(","));
    }

    /** Who is slower tries again; each patch is there once, and nothing is lost. */
    @Test
    void shouldTakePatchesOfManyAtOnce() throws Exception {
        String run = held();
        List<Thread> threads = new ArrayList<>();
        List<Integer> statuses = java.util.Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 6; i++) {
            String id = "x" + i;
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    statuses.add(api.patch(run + "/patch", add(id, "first")).status());
                } catch (Exception failed) {
                    statuses.add(0);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        int taken = (int) statuses.stream().filter(status -> status == 200).count();
        assertThat(statuses).allMatch(status -> status == 200 || status == 409);
        assertThat(taken).isPositive();
        JsonNode now = api.get(run).json();
        assertThat(now.path("revision").asInt()).isEqualTo(1 + taken);
        assertThat(now.path("tasks")).hasSize(3 + taken);
        finish(run);
    }

    private static String held() throws Exception {
        String run = "/runs/"
                + api.submit(json("{'policy': {'scheduling': 'dataflow'}, 'tasks': [" + HELD + "]}"))
                        .expect(202)
                        .json()
                        .path("id")
                        .asText();
        await(run, "hold", "waiting");
        return run;
    }

    private static void finish(String run) throws Exception {
        finish(run, "hold");
    }

    private static void finish(String run, String held) throws Exception {
        api.post(run + "/tasks/" + held + "/skip", "").expect(202);
        assertThat(api.ended(run.substring("/runs/".length())).path("state").asText())
                .isEqualTo("completed");
    }

    private static String add(String id, String after) {
        return json("[{'op': 'add', 'path': '/tasks/-', 'value': {'id': '" + id
                + "', 'type': 'function', 'function': 'noop', 'deps': ['" + after + "']}}]");
    }

    private static JsonNode await(String run, String task, String state) throws Exception {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> api.get(run)
                        .json()
                        .path("tasks")
                        .path(task)
                        .path("state")
                        .asText()
                        .equals(state));
        return api.get(run).json();
    }

    private static List<String> names(JsonNode run) {
        List<String> names = new ArrayList<>();
        run.path("tasks").fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    private static JsonNode read(String text) {
        return Json.read(json(text), JsonNode.class);
    }
}
