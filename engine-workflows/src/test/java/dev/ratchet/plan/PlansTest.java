package dev.ratchet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ratchet.document.Json;
import dev.ratchet.testkit.Compiling;
import dev.ratchet.testkit.RandomGraphs;
import dev.ratchet.testkit.Shapes;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlansTest {
    @Test
    void shouldLeaveOutOfTheJsonWhatMostTasksHave() {
        Plan plan = Compiling.plan("""
                {'tasks': [{'id': 'a', 'type': 'function', 'function': 'noop'},
                           {'id': 'b', 'type': 'function', 'deps': ['a']}]}""");

        assertThat(text(plan)).doesNotContain("taskDefaults").endsWith("""
                "root":[{"task":{"id":"a","type":"function","config":{"function":"noop"}},"quick":true},\
                {"task":{"id":"b","type":"function"},"edges":["a"]}]}""");
        assertRoundTrip(plan);
    }

    @Test
    void shouldKeepEverythingThatATaskMaySay() {
        Plan plan = Compiling.plan("""
                {'memory': ['run'], 'policy': {'budget_limit': {'amount': 5.250, 'currency': 'USD'}, 'timeout_ms': 5,
                   'idle_timeout_ms': 6, 'retry': {'max_attempts': 4}, 'context_policy': {'strategy': 'truncate', 'max_tokens': 5}},
                 'tasks': [{'id': 'a', 'type': 'function', 'input': [], 'metadata': {}, 'output_schema': {}},
                  {'id': 'n', 'type': 'function', 'input': null},
                  {'id': 'e', 'type': 'http', 'body': {'x': 1.50, 'y': 1e3, 'z': null, 'l': 12345678901}, 'timeout_ms': 5},
                  {'id': 'b', 'prompt': '${tasks.a.output}', 'memory': ['own'], 'when': {'type': 'cel', 'expression': 'args == 1'},
                   'deps': [{'task': 'a', 'port': 'x', 'to_input': 'i', 'when': 'output.x == tasks.e.state'}, 'e'],
                   'trigger_rule': 'all_done', 'retry': {'max_attempts': 2, 'retry_on': ['timeout']}, 'allow_failure': true,
                   'group': 'g', 'cost': 0.10, 'task_queue': 'q', 'priority': 3, 'input': '${input}'},
                  {'id': 'p', 'prompt': 'x'}]}""");

        assertRoundTrip(plan);
        assertThat(Json.mapper().convertValue(Json.tree(plan), Plan.class)).isEqualTo(plan);
    }

    @Test
    void shouldKeepScopesInScopes() {
        Node inner = Compiling.plan("{'tasks': [{'id': 'i', 'type': 'function'}]}")
                .root()
                .node(0);
        Node outer = new Node(
                inner.task(),
                Policies.ExecutionMode.INLINE,
                false,
                List.of(),
                List.of(),
                null,
                List.of(),
                Policies.TriggerRule.NONE_FAILED,
                RetryPolicy.ONCE,
                false,
                null,
                null,
                BigDecimal.TEN,
                0,
                new Body.Each(new Scope(List.of(inner)), 3, true));

        assertRoundTrip(new Plan(PlanPolicy.DEFAULT, new Scope(List.of(outer))));
    }

    @Test
    void shouldWriteTheMemoryOfTheRunOnce() {
        String memory = "m".repeat(10_000);
        StringBuilder tasks = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            tasks.append(i == 0 ? "" : ",").append("{'id': 't").append(i).append("', 'prompt': 'x'}");
        }
        Plan plan = Compiling.plan("{'memory': ['" + memory + "', 'b'], 'tasks': [" + tasks + "]}");

        assertThat(Plans.toJson(plan).length).isLessThan(20_000);
        assertRoundTrip(plan);
    }

    @Test
    void shouldHashByContent() {
        Plan plan = Compiling.plan(Shapes.chain(3));

        assertThat(Plans.hash(plan))
                .matches("[0-9a-f]{64}")
                .isEqualTo(Plans.hash(Compiling.plan(Shapes.chain(3))))
                .isNotEqualTo(Plans.hash(Compiling.plan(Shapes.chain(4))));
    }

    @Test
    void shouldReadBackEveryPlanThatItWrote() {
        RandomGraphs.forAll(
                200, 1, RandomGraphs.Profile.RICH, graph -> assertRoundTrip(Compiling.plan(graph.asTasks())));
    }

    @Test
    void shouldNeedAboutAHundredBytesForATask() {
        Plan plan = Compiling.plan(Shapes.layered(1_000, 50, 3));

        assertThat(Plans.toJson(plan).length).isLessThan(128 * 1024);
    }

    @Test
    void shouldReadAnEdgeWithoutNumbers() {
        assertThat(Edge.read(JsonNodeFactory.instance.textNode("a"))).isEqualTo(Edge.plain("a"));
    }

    private static void assertRoundTrip(Plan plan) {
        Plan read = Plans.fromJson(Plans.toJson(plan));
        assertThat(read).isEqualTo(plan);
        assertThat(text(read)).isEqualTo(text(plan));
        assertThat(Plans.hash(read)).isEqualTo(Plans.hash(plan));
    }

    private static String text(Plan plan) {
        return new String(Plans.toJson(plan), StandardCharsets.UTF_8);
    }
}
