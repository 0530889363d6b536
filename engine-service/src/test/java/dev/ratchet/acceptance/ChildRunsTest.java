package dev.ratchet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs inside of runs, on a real server. */
class ChildRunsTest {
    @RegisterExtension
    static final EngineOfClass ENGINE = new EngineOfClass();

    /** Waits until it is answered, and gives the answer. */
    private static final String PARKED = "graph: {tasks: [{id: 'ask', type: 'agent', queue: 'nobody'}]}";

    @Test
    void shouldGiveWhatTheChildGaveAndPayWhatItUsed() {
        RunHandle run = ENGINE.api().submit(Doc.tasks("budget_limit: {amount: 1.0, currency: 'USD'}", """
                        {id: 'child', type: 'run', input: {more: 'b'}, graph: {
                          input: {topic: 'a'},
                          policy: {budget_limit: {amount: 0.4, currency: 'USD'}},
                          tasks: [{id: 'think', prompt: 'Of ${input.topic} and ${input.more}', model: 'sim'},
                                  {id: 'say', type: 'transform', deps: ['think'],
                                   expression: '{"topics": [input.topic, input.more]}'}]}}""", """
                        {id: 'after', type: 'transform', deps: [{task: 'child', port: 'topics', when: 'size(output.topics) == 2'}],
                         expression: 'tasks.child.output.topics[1]'}"""));

        RunAnswer end = run.ended().completed();

        assertThat(end.json().path("output").asText()).isEqualTo("b");
        RunAnswer child =
                new RunHandle(run.api(), end.task("child").path("child_run").asText()).now();
        assertThat(child.state()).isEqualTo("completed");
        assertThat(child.json().path("parent").path("run_id").asText()).isEqualTo(run.id());
        assertThat(child.json().path("parent").path("task").asText()).isEqualTo("child");
        assertThat(child.json().at("/usage/tokens").asLong()).isPositive();
        assertThat(end.json().path("usage")).isEqualTo(child.json().path("usage"));
        assertThat(end.json().at("/reserved/amount").asDouble()).isZero();
    }

    @Test
    void shouldFailAsTheChildFailedOnceItsAttemptsAreOver() {
        RunHandle run = ENGINE.api().submit(Doc.tasks("", """
                {id: 'child', type: 'run', retry: {max_attempts: 2, initial_interval_ms: 10}, graph: {tasks: [
                  {id: 'breaks', type: 'function', function: 'fail', input: {code: 'integration_failed', message: 'no luck'}}]}}"""));

        RunAnswer end = run.ended();

        JsonNode error = end.task("child").path("error");
        assertThat(end.state()).isEqualTo("failed");
        assertThat(end.task("child").path("attempts").asInt()).isEqualTo(2);
        assertThat(error.path("code").asText()).isEqualTo("integration_failed");
        assertThat(error.path("message").asText()).contains("breaks failed", "no luck");
        assertThat(error.at("/details/run_id").asText())
                .isEqualTo(end.task("child").path("child_run").asText());
        assertThat(error.at("/details/task").asText()).isEqualTo("breaks");
    }

    @Test
    void shouldAbortTheChildrenOfARunThatIsAborted() {
        RunHandle run = ENGINE.api()
                .submit(Doc.tasks(
                        "",
                        "{id: 'outer', type: 'run', graph: {tasks: [{id: 'inner', type: 'run', " + PARKED + "}]}}"));
        RunHandle outer = child(run, "outer");
        RunHandle inner = child(outer, "inner");
        inner.when(answer -> answer.state("ask").equals("waiting"));

        run.abort();

        assertThat(run.ended().state()).isEqualTo("aborted");
        assertThat(outer.ended().state()).isEqualTo("aborted");
        assertThat(inner.ended().state()).isEqualTo("aborted");
        assertThat(run.now().state("outer")).isEqualTo("cancelled");
    }

    @Test
    void shouldFailWhenSomebodyAbortsTheChild() {
        RunHandle run = ENGINE.api().submit(Doc.tasks("", "{id: 'child', type: 'run', " + PARKED + "}"));
        RunHandle child = child(run, "child");

        child.abort();

        assertThat(run.ended().state()).isEqualTo("failed");
        assertThat(run.now().task("child").at("/error/code").asText()).isEqualTo("cancelled");
    }

    @Test
    void shouldStopAChildThatTakesLongerThanItsTaskMay() {
        RunHandle run =
                ENGINE.api().submit(Doc.tasks("", "{id: 'child', type: 'run', timeout_ms: 1000, " + PARKED + "}"));

        RunAnswer end = run.ended();

        assertThat(end.task("child").at("/error/code").asText()).isEqualTo("timeout");
        assertThat(new RunHandle(run.api(), end.task("child").path("child_run").asText())
                        .ended()
                        .state())
                .isEqualTo("aborted");
    }

    @Test
    void shouldNotWaitWhereNobodyIsToWait() {
        RunHandle run = ENGINE.api().submit(Doc.tasks("", "{id: 'child', type: 'run', wait: false, " + PARKED + "}"));

        RunAnswer end = run.ended().completed();

        RunHandle child =
                new RunHandle(run.api(), end.json().at("/output/run_id").asText());
        assertThat(child.id()).isEqualTo(end.task("child").path("child_run").asText());
        answer(child, "1");
        assertThat(child.ended().state()).isEqualTo("completed");
    }

    /** Forty of forty of forty would be 64,000 runs out of a document of a few hundred bytes. */
    @Test
    void shouldNotStartMoreRunsThanOneThatWasSubmittedMayHaveInside() {
        String level = "{id: 'm', type: 'map', items: 'input.n', max_parallelism: 40, body: [{id: 'r', type: 'run',"
                + " input: {n: '${input.n}'}, graph: {tasks: [%s]}}]}";
        String graph =
                level.formatted(level.formatted(level.formatted("{id: 'a', type: 'function', function: 'noop'}")));
        ObjectNode document = Doc.tasks("", graph);
        ArrayNode numbers = document.putObject("input").putArray("n");
        IntStream.range(0, 40).forEach(numbers::add);

        RunAnswer end = ENGINE.api().submit(document).ended();

        assertThat(end.state()).isEqualTo("failed");
        assertThat(end.json().toString()).contains("limit_exceeded", "at most 1000 runs inside of one");
    }

    /** An id can be computed by anybody: it does not make a run somebody's child. */
    @Test
    void shouldNotTakeAnothersRunForItsChildNorStopIt() throws Exception {
        String parent = "parent-" + java.util.UUID.randomUUID();
        String taken =
                dev.ratchet.workflow.ChildId.of("default/" + parent, parent, dev.ratchet.run.TaskKey.root("c"), 1);
        ObjectNode squatter = Doc.of("{tasks: [{id: 'ask', type: 'agent', queue: 'nobody'}]}");
        RunHandle other = ENGINE.api().submit(squatter.put("id", taken));
        ObjectNode document = Doc.tasks("on_failure: 'skip_dependents'", "{id: 'c', type: 'run', " + PARKED + "}", """
                {id: 'wait', type: 'agent', queue: 'nobody'}""");
        RunHandle run = ENGINE.api().submit(document.put("id", parent));

        RunAnswer failed = run.when(answer -> answer.state("c").equals("failed"));
        assertThat(failed.task("c").at("/error/message").asText()).contains("another run has that id");
        run.abort();
        assertThat(run.ended().state()).isEqualTo("aborted");
        answer(other, "1");
        assertThat(other.ended().state()).isEqualTo("completed");
    }

    @Test
    void shouldRunAChildForEachItem() {
        ObjectNode document = Doc.tasks("", """
                {id: 'each', type: 'map', items: 'input.numbers', max_parallelism: 8, on_item_failure: 'collect', body: [
                  {id: 'child', type: 'run', input: {n: '${item}'}, graph: {tasks: [
                    {id: 'half', type: 'transform', expression: '100 / input.n'}]}}]}""");
        ArrayNode numbers = document.putObject("input").putArray("numbers");
        IntStream.range(0, 30).forEach(numbers::add);

        RunAnswer end = ENGINE.api().submit(document).ended().completedBut("each[0].child");

        assertThat(end.json().path("output")).hasSize(30);
        assertThat(end.json().at("/output/0/error/code").asText()).isEqualTo("execution_failed");
        assertThat(end.json().at("/output/20").asInt()).isEqualTo(5);
        assertThat(end.task("each[3].child").path("child_run").asText())
                .isNotEqualTo(end.task("each[4].child").path("child_run").asText());
    }

    /** The run gets so long that it goes on as a new execution while its child waits. */
    @Test
    void shouldHearOfAChildThatEndsAfterARenewal() throws Exception {
        Doc document = new Doc().policy("scheduling", "dataflow").policy("tasks_per_activity", 1);
        document.task("child", java.util.List.of())
                .put("type", "run")
                .set("graph", Doc.of("{" + PARKED + "}").path("graph"));
        for (int i = 0; i < 620; i++) {
            document.function("t" + i, "noop", Doc.of("{}"), i == 0 ? new String[0] : new String[] {"t" + (i - 1)});
        }
        RunHandle run = ENGINE.api().submit(document.json());
        RunHandle child = child(run, "child");
        run.when(answer -> answer.state("t619").equals("completed"));

        answer(child, "42");

        assertThat(run.ended().completed().task("child").path("output").asInt()).isEqualTo(42);
        assertThat(Executions.of(run, ENGINE.temporal()).size()).isGreaterThan(1);
    }

    @Test
    void shouldFindItsChildrenAgainAfterARestart() {
        RunHandle before = ENGINE.api().submit(Doc.tasks("", "{id: 'child', type: 'run', " + PARKED + "}"));
        String child = child(before, "child").id();

        ENGINE.close();
        ENGINE.open();

        RunHandle run = new RunHandle(ENGINE.api(), before.id());
        answer(new RunHandle(ENGINE.api(), child), "'again'".replace('\'', '"'));
        assertThat(run.ended().completed().task("child").path("output").asText())
                .isEqualTo("again");
    }

    @Test
    void shouldRefuseWhatIsWrongInAGraphInsideWithPointersIntoTheBody() {
        JsonNode problem = ENGINE.api().post("/runs", Doc.tasks("", """
                {id: 'child', type: 'run', graph: {tasks: [{id: 'a', type: 'run', graph: {tasks: [
                  {id: 'b', type: 'function', function: 'noop', deps: ['c']}]}}]}}""").toString(), 422);

        assertThat(problem.path("code").asText()).isEqualTo("dep_not_found");
        assertThat(problem.at("/errors/0/pointer").asText()).isEqualTo("/tasks/0/graph/tasks/0/graph/tasks/0/deps/0");
    }

    @Test
    void shouldRefuseIdsOfChildrenAndChildrenWithoutAShare() {
        JsonNode problem = ENGINE.api()
                .post(
                        "/runs",
                        Doc.tasks(
                                        "budget_limit: {amount: 1.0, currency: 'USD'}",
                                        "{id: 'a', type: 'run', graph: {id: 'mine', policy: {budget_limit: {amount: 0.1, currency: 'USD'}}, tasks: [{id: 'x', type: 'function', function: 'noop'}]}}",
                                        "{id: 'b', type: 'run', graph: {tasks: [{id: 'x', type: 'function', function: 'noop'}]}}")
                                .toString(),
                        400);

        assertThat(problem.path("errors").findValuesAsText("pointer"))
                .containsExactly("/tasks/0/graph/id", "/tasks/1/graph");
    }

    @Test
    void shouldRefuseRunsThatAreNestedTooDeep() {
        JsonNode problem = ENGINE.api().post("/runs", Doc.tasks("", nested(6)).toString(), 422);
        RunHandle allowed = ENGINE.api().submit(Doc.tasks("", nested(5)));

        assertThat(problem.path("code").asText()).isEqualTo("limit_exceeded");
        assertThat(allowed.ended().completed().json().path("output").asInt()).isEqualTo(7);
    }

    /** A task that is a run of such a task, and so on. */
    private static String nested(int depth) {
        return depth == 0
                ? "{id: 'core', type: 'transform', expression: '7'}"
                : "{id: 'level', type: 'run', graph: {tasks: [" + nested(depth - 1) + "]}}";
    }

    /** The child of a task, as soon as it can be seen. */
    private static RunHandle child(RunHandle run, String task) {
        RunAnswer waiting = run.when(answer -> answer.task(task).has("child_run"));
        RunHandle child =
                new RunHandle(run.api(), waiting.task(task).path("child_run").asText());
        org.awaitility.Awaitility.await()
                .untilAsserted(
                        () -> assertThat(run.api().look("/runs/" + child.id()).statusCode())
                                .isEqualTo(200));
        return child;
    }

    private static void answer(RunHandle child, String output) {
        byte[] body = ("{\"output\": " + output + "}").getBytes(StandardCharsets.UTF_8);
        assertThat(child.api()
                        .send("/runs/" + child.id() + "/tasks/ask/complete", body, "application/json")
                        .statusCode())
                .isBetween(200, 202);
    }
}
