package dev.ratchet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.testkit.Compiling;
import org.junit.jupiter.api.Test;

/** Who answers the condition of an edge: whoever has the source's output, or the run once everything upstream is settled. */
class EdgeConditionsTest {
    @Test
    void shouldAskTheSourceWhatItsOutputAloneDecides() {
        Edge edge = edge("function", "output.score > 1");

        assertThat(edge.conditionQuestion()).isZero();
        assertThat(edge.lateCondition()).isNegative();
    }

    @Test
    void shouldAskTheSourceWhatReadsTheInputOrTheRunToo() {
        assertThat(edge("function", "output.score > input.least").conditionQuestion())
                .isZero();
        assertThat(edge("function", "run.id == run.organization").conditionQuestion())
                .isZero();
    }

    @Test
    void shouldAskLateWhereNobodyExecutesTheSource() {
        Edge edge = edge("agent", "output.score > 1");

        assertThat(edge.lateCondition()).isZero();
        assertThat(edge.conditionQuestion()).isNegative();
    }

    @Test
    void shouldHaveTheOutputAtHandThatALateConditionReads() {
        Node target = target("agent", "output.score > input.least");

        assertThat(target.lateReads()).containsExactly("a");
        assertThat(target.needsDecision()).isTrue();
    }

    private static Edge edge(String type, String condition) {
        return target(type, condition).edges().getFirst();
    }

    private static Node target(String type, String condition) {
        String source = type.equals("function") ? "'type': 'function', 'function': 'noop'" : "'type': '" + type + "'";
        return Compiling.plan(
                        "{'tasks': [{'id': 'a', " + source + "}, {'id': 'b', 'type': 'function', 'function': 'noop', "
                                + "'deps': [{'task': 'a', 'when': '" + condition + "'}]}]}")
                .root()
                .node(1);
    }
}
