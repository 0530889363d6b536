package dev.ratchet.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.DocumentReader;
import dev.ratchet.document.Money;
import dev.ratchet.document.Problem;
import dev.ratchet.document.Problems;
import dev.ratchet.testkit.Compiling;
import dev.ratchet.testkit.TestTypes;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a document leaves out, and what it is filled with. */
class PlanResolutionTest {
    private static final String DEFAULTS = """
            {'max_parallelism': 9, 'task_timeout_ms': 5000, 'on_failure': 'skip_dependents', 'trigger_rule': 'all_done',
             'budget_limit': {'amount': 1, 'currency': 'USD'}, 'retry': {'max_attempts': 5, 'retry_on': ['timeout']}}""";

    @Test
    void shouldHaveTheDefaultsOfTheContract() {
        Plan plan = Compiling.plan("{'tasks': [{'id': 'a', 'type': 'function', 'function': 'noop'}]}");

        assertThat(plan.policy()).isEqualTo(PlanPolicy.DEFAULT);
        Node node = plan.root().node(0);
        assertThat(node.rule()).isEqualTo(Policies.TriggerRule.NONE_FAILED);
        assertThat(node.retry()).isEqualTo(RetryPolicy.ONCE);
        assertThat(node.task().timeoutMs()).isEqualTo(600_000);
        assertThat(node.mode()).isEqualTo(Policies.ExecutionMode.DISPATCHED);
        assertThat(node.quick()).isTrue();
        assertThat(node.task().input()).isNull();
    }

    @Test
    void shouldTakeEverythingFromTheDocument() {
        Plan plan = Compiling.plan("""
                {'policy': {'max_parallelism': 4, 'timeout_ms': 300000, 'idle_timeout_ms': 3600000,
                   'budget_limit': {'amount': 5.25, 'currency': 'USD'}, 'on_budget': 'pause', 'on_failure': 'finish_running',
                   'on_condition_error': 'fallback', 'scheduling': 'dataflow', 'tasks_per_activity': 8,
                   'context_policy': {'strategy': 'truncate'}},
                 'tasks': [{'id': 'a', 'type': 'function', 'function': 'echo', 'trigger_rule': 'any_success',
                   'retry': {'max_attempts': 3, 'backoff': 1.5}, 'timeout_ms': 7, 'allow_failure': true, 'group': 'g',
                   'cost': 0.5, 'task_queue': 'q', 'metadata': {'m': 1}, 'priority': 2, 'output_schema': {'type': 'object'}}]}""");

        assertThat(plan.policy())
                .isEqualTo(new PlanPolicy(
                        4,
                        300_000L,
                        3_600_000L,
                        new Money(new BigDecimal("5.25"), "USD"),
                        Policies.OnBudget.PAUSE,
                        Policies.OnFailure.FINISH_RUNNING,
                        Policies.OnConditionError.FALLBACK,
                        Policies.Scheduling.DATAFLOW,
                        8,
                        Compiling.json("{'strategy': 'truncate'}")));
        Node node = plan.root().node(0);
        assertThat(node.rule()).isEqualTo(Policies.TriggerRule.ANY_SUCCESS);
        assertThat(node.retry()).isEqualTo(new RetryPolicy(3, 1_000, new BigDecimal("1.5"), 60_000, List.of()));
        assertThat(node.allowFailure()).isTrue();
        assertThat(node.group()).isEqualTo("g");
        assertThat(node.taskQueue()).isEqualTo("q");
        assertThat(node.cost()).isEqualByComparingTo("0.5");
        assertThat(node.priority()).isEqualTo(2);
        assertThat(node.quick()).isFalse();
        assertThat(node.task().metadata()).isEqualTo(Compiling.json("{'m': 1}"));
        assertThat(node.task().outputSchema()).isEqualTo(Compiling.json("{'type': 'object'}"));
        assertThat(node.task().timeoutMs()).isEqualTo(7);
    }

    @Test
    void shouldFillWhatIsLeftOutFromTheConfiguration() {
        Plan plan = configured("{'policy': {'max_parallelism': 2, 'retry': {'max_attempts': 3}}, "
                + "'tasks': [{'id': 'a', 'type': 'function', 'retry': {'backoff': 4}}]}");

        assertThat(plan.policy().maxParallelism()).isEqualTo(2);
        assertThat(plan.policy().onFailure()).isEqualTo(Policies.OnFailure.SKIP_DEPENDENTS);
        assertThat(plan.policy().budgetLimit()).isEqualTo(new Money(BigDecimal.ONE, "USD"));
        assertThat(plan.policy().taskDefaults())
                .isEqualTo(new TaskDefaults(
                        new RetryPolicy(3, 1_000, BigDecimal.TWO, 60_000, List.of("timeout")),
                        Policies.TriggerRule.ALL_DONE,
                        5_000));
        Node node = plan.root().node(0);
        assertThat(node.rule()).isEqualTo(Policies.TriggerRule.ALL_DONE);
        assertThat(node.retry()).isEqualTo(new RetryPolicy(3, 1_000, new BigDecimal("4"), 60_000, List.of("timeout")));
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({"function,,5000", "http,,30000", "function,70,70", "http,70,70"})
    void shouldPreferTheDocumentThenTheTypeThenTheConfigurationForTimeouts(String type, Long policy, long expected) {
        String written = policy == null ? "" : "'policy': {'task_timeout_ms': " + policy + "}, ";
        Plan plan = configured("{" + written + "'tasks': [{'id': 'a', 'type': '" + type + "'}]}");

        assertThat(plan.root().node(0).task().timeoutMs()).isEqualTo(expected);
    }

    @Test
    void shouldPutTheMemoryOfTheRunBeforeThatOfPromptsOnly() {
        Plan plan = Compiling.plan("""
                {'memory': ['run'], 'tasks': [{'id': 'a', 'prompt': 'x', 'memory': ['own']}, {'id': 'b', 'prompt': 'x'},
                  {'id': 'c', 'type': 'function', 'memory': ['own']}]}""");

        assertThat(plan.root().nodes())
                .extracting(node -> node.task().memory())
                .containsExactly(List.of("run", "own"), List.of("run"), List.of("own"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{'max_parallelism': 0}",
                "{'colour': 1}",
                "{'budget_limit': {'amount': 1, 'currency': 'EUR'}}"
            })
    void shouldRefuseAConfigurationThatIsNoPolicy(String defaults) {
        assertThatThrownBy(() -> compiler(defaults))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("defaults.policy")
                .hasMessageContaining("Expected ");
    }

    @Test
    void shouldHaveAChoiceForEachNameThatDocumentsMayUse() {
        assertChoices("trigger_rule", Policies.TriggerRule.class);
        assertChoices("on_failure", Policies.OnFailure.class);
        assertChoices("on_budget", Policies.OnBudget.class);
        assertChoices("on_condition_error", Policies.OnConditionError.class);
        assertChoices("scheduling", Policies.Scheduling.class);
    }

    /** The message that refuses a wrong name lists all right ones. */
    private static void assertChoices(String field, Class<? extends Enum<?>> choices) {
        Problems problems = new Problems();
        DocumentReader.readPolicy(Compiling.json("{'" + field + "': 'wrong'}"), problems);
        List<String> names = java.util.Arrays.stream(choices.getEnumConstants())
                .map(PlanResolutionTest::wire)
                .toList();

        assertThat(problems.list())
                .extracting(Problem::message)
                .containsExactly("Expected " + field + " to be one of " + String.join(", ", names)
                        + ", but it is none of these");
    }

    private static String wire(Enum<?> choice) {
        try {
            return choice.getDeclaringClass()
                    .getField(choice.name())
                    .getAnnotation(JsonProperty.class)
                    .value();
        } catch (NoSuchFieldException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldNeverRetryWhatCannotBeMended() {
        RetryPolicy policy = new RetryPolicy(5, 0, BigDecimal.ONE, 0, List.of("egress_denied", "timeout"));

        assertThat(policy.allows(1, "egress_denied", false)).isFalse();
        assertThat(policy.allows(1, "timeout", false)).isTrue();
    }

    private static Plan configured(String document) {
        return compiler(DEFAULTS).compile(Compiling.json(document)).orThrow();
    }

    private static PlanCompiler compiler(String defaults) {
        JsonNode policy = Compiling.json(defaults);
        return new PlanCompiler(new TestTypes(), TestTypes.MODELS, Limits.DEFAULT, policy);
    }
}
