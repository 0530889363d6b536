package dev.ratchet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.testkit.Compiling;
import org.junit.jupiter.api.Test;

class WarningsTest {
    private static final String NEVER =
            "Under on_failure fail_fast a failure ends the run, so with any_failed 'b' can never run";

    @Test
    void shouldWarnOfRulesThatFailFastMakesPointless() {
        Compilation compilation = Compiling.compile("""
                {'tasks': [{'id': 'a', 'type': 'function'},
                  {'id': 'b', 'type': 'function', 'deps': ['a'], 'trigger_rule': 'any_failed'},
                  {'id': 'c', 'type': 'function', 'deps': ['b'], 'trigger_rule': 'all_done'},
                  {'id': 'd', 'type': 'function', 'deps': ['b'], 'trigger_rule': 'any_success'},
                  {'id': 'e', 'type': 'function', 'trigger_rule': 'any_failed'}]}""");

        assertThat(compilation.isSound()).isTrue();
        assertThat(compilation.warnings())
                .containsExactly(
                        new Warning("/tasks/1/trigger_rule", NEVER),
                        new Warning(
                                "/tasks/2/trigger_rule",
                                "Under on_failure fail_fast a failure ends the run, so with all_done 'c' will not run after one"));
    }

    @Test
    void shouldNotWarnWhereAFailureIsAllowedOrDoesNotEndTheRun() {
        assertThat(Compiling.compile("""
                {'tasks': [{'id': 'a', 'type': 'function', 'allow_failure': true}, {'id': 'm', 'type': 'function', 'deps': ['a']},
                  {'id': 'b', 'type': 'function', 'deps': ['m'], 'trigger_rule': 'any_failed'}]}""").warnings()).isEmpty();
        assertThat(Compiling.compile("""
                {'policy': {'on_failure': 'skip_dependents'}, 'tasks': [{'id': 'a', 'type': 'function'},
                  {'id': 'b', 'type': 'function', 'deps': ['a'], 'trigger_rule': 'any_failed'}]}""").warnings()).isEmpty();
    }

    @Test
    void shouldWarnOnceOfThePolicy() {
        assertThat(Compiling.compile("""
                {'policy': {'trigger_rule': 'any_failed'}, 'tasks': [{'id': 'a', 'type': 'function'},
                  {'id': 'b', 'type': 'function', 'deps': ['a']}, {'id': 'c', 'type': 'function', 'deps': ['a']}]}""").warnings())
                .containsExactly(
                        new Warning(
                                "/policy/trigger_rule",
                                "Under on_failure fail_fast a failure ends the run, so with any_failed tasks with dependencies can never run"));
    }

    @Test
    void shouldWarnOfCodesThatAreNeverRetried() {
        assertThat(Compiling.compile("""
                {'policy': {'retry': {'retry_on': ['timeout', 'egress_denied']}},
                 'tasks': [{'id': 'a', 'type': 'function', 'retry': {'retry_on': ['invalid_input']}}]}""").warnings())
                .containsExactly(
                        new Warning(
                                "/policy/retry/retry_on/1",
                                "egress_denied is never retried: another attempt cannot mend it"),
                        new Warning(
                                "/tasks/0/retry/retry_on/0",
                                "invalid_input is never retried: another attempt cannot mend it"));
    }

    @Test
    void shouldWarnBesideProblemsOfTheGraph() {
        Compilation compilation = Compiling.compile("""
                {'tasks': [{'id': 'a', 'type': 'function', 'deps': ['x']},
                  {'id': 'b', 'type': 'function', 'deps': ['a'], 'trigger_rule': 'any_failed'}]}""");

        assertThat(compilation.problems()).hasSize(1);
        assertThat(compilation.warnings()).containsExactly(new Warning("/tasks/1/trigger_rule", NEVER));
    }
}
