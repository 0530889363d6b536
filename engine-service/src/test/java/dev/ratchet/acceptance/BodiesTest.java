package dev.ratchet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Loops, maps and branches on a real server. */
class BodiesTest {
    @RegisterExtension
    static final EngineOfClass ENGINE = new EngineOfClass();

    @Test
    void shouldMapOverThousandsOfItemsOfWhichAHandfulFail() {
        ObjectNode document = Doc.tasks("max_parallelism: 500", """
                {id: 'each', type: 'map', items: 'input.numbers', max_parallelism: 500, on_item_failure: 'collect',
                 body: [{id: 'share', type: 'function', function: 'echo', input: {value: '${100 / item}', at: '${index}'}}]}""", """
                {id: 'good', type: 'transform', deps: [{task: 'each', to_input: 'rows'}],
                 jq: '[.rows[] | select(.error == null)] | length'}""");
        ArrayNode numbers = document.putObject("input").putArray("numbers");
        IntStream.range(0, 5_000).forEach(i -> numbers.add(i % 1_000 == 7 ? 0 : 1 + i % 3));

        RunHandle run = ENGINE.api().submit(document);
        RunAnswer end = run.ended();

        assertThat(end.state()).isEqualTo("completed");
        assertThat(end.json().path("output").asInt()).isEqualTo(4_995);
        JsonNode outputs = Json.of(run.output("each"));
        assertThat(outputs).hasSize(5_000);
        for (int i = 0; i < 5_000; i++) {
            JsonNode output = outputs.get(i);
            if (i % 1_000 == 7) {
                assertThat(output.path("error").path("code").asText()).isEqualTo("execution_failed");
            } else {
                assertThat(output.path("at").asInt()).isEqualTo(i);
                assertThat(output.path("value").asInt()).isEqualTo(100 / (1 + i % 3));
            }
        }
        assertThat(end.task("each").path("progress").path("failed").asInt()).isEqualTo(5);
        assertThat(end.state("each[4007].share")).isEqualTo("failed");
        assertThat(Executions.of(run, ENGINE.temporal()).largestEvent()).isLessThan(300_000);
    }

    @Test
    void shouldTakeAThousandTurns() {
        ObjectNode document = Doc.tasks(
                "", """
                {id: 'count', type: 'loop', max_iterations: 1000, until: 'output.n == 1000',
                 body: [{id: 'add', type: 'transform', expression: '{"n": iteration == 0 ? 1 : previous.n + 1}'}]}""", "{id: 'end', type: 'transform', expression: 'tasks.count.output.n', deps: ['count']}");

        RunAnswer end = ENGINE.api().submit(document).ended().completed();

        assertThat(end.json().path("output").asInt()).isEqualTo(1_000);
        assertThat(end.task("count").path("progress").path("done").asInt()).isEqualTo(1_000);
        assertThat(end.state("count[999].add")).isEqualTo("completed");
    }

    @Test
    void shouldEndALoopThatMayNotGoOnAsItSays() {
        String loop = """
                {id: '%s', type: 'loop', max_iterations: 2, while: 'true', on_exhausted: '%s',
                 body: [{id: 'turn', type: 'transform', expression: 'iteration'}]}""";
        RunAnswer end = ENGINE.api()
                .submit(Doc.tasks(
                        "on_failure: 'skip_dependents'",
                        loop.formatted("strict", "fail"),
                        loop.formatted("mild", "continue")))
                .ended();

        assertThat(end.task("strict").path("error").path("code").asText()).isEqualTo("loop_exhausted");
        assertThat(end.task("mild").path("output").asInt()).isEqualTo(1);
        assertThat(end.state()).isEqualTo("failed");
    }

    /** An item is a loop, of which each turn reads the item, the turn before and a task outside. */
    @Test
    void shouldNestALoopInAMap() {
        ObjectNode document = Doc.tasks("", "{id: 'base', type: 'transform', expression: '100'}", """
                {id: 'each', type: 'map', deps: ['base'], items: '[1, 2, 3]', body: [
                  {id: 'grow', type: 'loop', max_iterations: 9, while: 'output < tasks.base.output + 30 * item', body: [
                    {id: 'step', type: 'transform',
                     expression: '(iteration == 0 ? tasks.base.output : previous) + 10 * item + index'}]}]}""");

        RunAnswer end = ENGINE.api().submit(document).ended().completed();

        assertThat(end.json().path("output").toString()).isEqualTo("[130,163,196]");
        assertThat(end.state("each[2].grow[2].step")).isEqualTo("completed");
    }

    @Test
    void shouldJoinTheLeavesOfABodyByTheirIds() {
        ObjectNode document = Doc.tasks("", """
                {id: 'each', type: 'map', items: '["a", "b"]', body: [
                  {id: 'upper', type: 'transform', expression: 'item + "!"'},
                  {id: 'place', type: 'transform', expression: 'index'}]}""");

        RunAnswer end = ENGINE.api().submit(document).ended().completed();

        assertThat(end.json().path("output").toString())
                .isEqualTo("[{\"place\":0,\"upper\":\"a!\"},{\"place\":1,\"upper\":\"b!\"}]");
    }

    /** Attempts of other items that travel apart are stopped; nothing outside of the map is. */
    @Test
    void shouldStopTheOtherItemsWhenOneFails() {
        ObjectNode document = Doc.tasks(
                "on_failure: 'fail_fast', tasks_per_activity: 1",
                """
                {id: 'each', type: 'map', allow_failure: true, items: '[0, 1, 2]', body: [
                  {id: 'long', type: 'function', function: 'sleep', when: 'item > 0', input: {ms: 60000}},
                  {id: 'fails', type: 'function', function: 'fail', when: 'item == 0'}]}""",
                "{id: 'beside', type: 'function', function: 'sleep', input: {ms: 3000}}");

        RunAnswer end = ENGINE.api().submit(document).ended();

        assertThat(end.state()).isEqualTo("completed");
        assertThat(end.task("each").path("error").path("details").path("task").asText())
                .isEqualTo("each[0].fails");
        assertThat(end.state("each[1].long")).isEqualTo("cancelled");
        assertThat(end.state("each[2].long")).isEqualTo("cancelled");
        assertThat(end.state("beside")).isEqualTo("completed");
    }

    @Test
    void shouldTakeTheDefaultWhenAConditionFailsAndThePolicySaysSo() {
        String branch = """
                {id: 'route', type: 'branch', rules: [{when: 'input.missing > 1', to: ['a']}], default: ['b']}""";
        String a = "{id: 'a', type: 'function', function: 'noop', deps: ['route']}";
        String b = "{id: 'b', type: 'function', function: 'noop', deps: ['route']}";

        RunAnswer strict = ENGINE.api().submit(Doc.tasks("", branch, a, b)).ended();
        RunAnswer mild = ENGINE.api()
                .submit(Doc.tasks("on_condition_error: 'fallback'", branch, a, b))
                .ended();

        assertThat(strict.task("route").path("error").path("code").asText()).isEqualTo("condition_failed");
        assertThat(mild.state()).isEqualTo("completed");
        assertThat(mild.state("a")).isEqualTo("skipped");
        assertThat(mild.state("b")).isEqualTo("completed");
        assertThat(mild.task("route").path("decisions").get(0).has("error")).isTrue();
    }

    /** Turns that ended are not taken again when the engine is opened anew in the middle. */
    @Test
    void shouldGoOnInTheMiddleOfALoopWhenTheEngineIsOpenedAgain() {
        ObjectNode document = Doc.tasks("", """
                {id: 'draft', type: 'loop', max_iterations: 3, until: 'iteration == 2', body: [
                  {id: 'write', type: 'function', function: 'test_gate', input: {gate: '${"turn" + string(iteration)}'}}]}""");
        Gates.open("turn0");
        RunHandle run = ENGINE.api().submit(document);
        run.when(now -> now.state("draft[1].write").equals("running"));
        RunAnswer seen = run.now();

        ENGINE.close();
        ENGINE.open();
        RunHandle again = new RunHandle(ENGINE.api(), run.id());
        List.of("turn1", "turn2").forEach(Gates::open);
        RunAnswer end = again.ended().completed();

        assertThat(end.task("draft[0].write")).isEqualTo(seen.task("draft[0].write"));
        assertThat(end.task("draft").path("progress").path("done").asInt()).isEqualTo(3);
    }

    private static final class Json {
        static JsonNode of(byte[] text) {
            try {
                return dev.ratchet.document.Json.mapper().readTree(text);
            } catch (java.io.IOException wrong) {
                return JsonNodeFactory.instance.missingNode();
            }
        }
    }
}
