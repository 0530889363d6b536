package dev.ratchet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.testkit.Compiling;
import org.junit.jupiter.api.Test;

class PlanCompilerTest {
    @Test
    void shouldCompileBothSpellingsToEqualPlans() {
        Plan tasks = Compiling.plan("""
                {'tasks': [
                  {'id': 'fork', 'type': 'function', 'function': 'echo', 'input': {'a': 1}},
                  {'id': 'yes', 'prompt': 'Say ${tasks.fork.output.a}', 'model': 'sim', 'timeout_ms': 5,
                   'deps': [{'task': 'fork', 'port': 'yes', 'when': 'output.score >= 80', 'to_input': 'text'}]},
                  {'id': 'join', 'type': 'transform', 'expression': '1 + 1',
                   'deps': ['fork', {'task': 'yes', 'when': "tasks.fork.output.a == output.b"}]}]}""");
        Plan nodes = Compiling.plan("""
                {'nodes': [
                  {'id': 'fork', 'type': 'function', 'config': {'function': 'echo', 'input': {'a': 1}}},
                  {'id': 'yes', 'config': {'prompt': 'Say ${tasks.fork.output.a}', 'model': 'sim', 'timeout_ms': 5}},
                  {'id': 'join', 'type': 'transform', 'expression': '1 + 1'}],
                 'edges': [
                  {'source': 'fork', 'target': 'join'},
                  {'from': 'fork', 'to': 'yes', 'sourceOutput': 'yes', 'condition': 'output.score >= 80', 'targetInput': 'text'},
                  {'from': 'yes', 'to': 'join', 'when': "tasks.fork.output.a == output.b"}]}""");

        assertThat(nodes).isEqualTo(tasks);
    }
}
