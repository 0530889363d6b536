package dev.ratchet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The simulated model costs a millionth of a dollar for each input token and two for each output token. */
class PromptsTest {
    @RegisterExtension
    static final EngineOfClass ENGINE = new EngineOfClass();

    private static final String A = prompt("a", 1_000, 100, 50);
    private static final String B = prompt("b", 1_500, 10, 10);
    private static final String C = prompt("c", 1_000, 31, 7);
    private static final String LIMIT = "budget_limit: {amount: 0.005, currency: 'USD'}, ";

    /** Beside a, which comes first, b does not fit; c does, although it comes later. */
    @Test
    void shouldRefuseWhatDoesNotFitInTheOrderOfIds() {
        RunHandle run = ENGINE.api().submit(Doc.tasks(LIMIT + "on_failure: 'skip_dependents'", C, B, A));

        RunAnswer end = run.ended();

        assertThat(Fates.of(end))
                .isEqualTo(Map.of(
                        "a", "completed",
                        "b", "failed budget_exceeded",
                        "c", "completed",
                        "run", "failed budget_exceeded b"));
        assertThat(end.task("b").path("attempts").asInt()).isZero();
        assertThat(end.task("b").path("error").path("message").asText()).contains("0.005");
        assertThat(cost(end.task("a"))).isEqualTo("0.0002");
        assertThat(cost(end.task("c"))).isEqualTo("0.000045");
        assertThat(cost(end.json())).isEqualTo("0.000245");
        assertThat(end.json().path("usage").path("tokens").asInt()).isEqualTo(188);
    }

    @Test
    void shouldEndTheRunBeforeItsBatchStartsUnderFailFast() {
        RunHandle run = ENGINE.api().submit(Doc.tasks(LIMIT + "on_failure: 'fail_fast'", A, B, C));

        RunAnswer end = run.ended();

        assertThat(Fates.of(end))
                .isEqualTo(Map.of(
                        "a", "skipped budget []",
                        "b", "failed budget_exceeded",
                        "c", "skipped budget []",
                        "run", "failed budget_exceeded b"));
        assertThat(end.json().path("usage").path("tokens").asInt()).isZero();
    }

    /** What does not fit beside others fits once they have been paid for. */
    @Test
    void shouldLetItWaitWhereTasksFlow() {
        RunHandle run = ENGINE.api().submit(Doc.tasks(LIMIT + "scheduling: 'dataflow'", A, B, C));

        RunAnswer end = run.ended().completed();

        assertThat(cost(end.json())).isEqualTo("0.000275");
        assertThat(end.startedAt("b")).isGreaterThanOrEqualTo(Math.min(end.endedAt("a"), end.endedAt("c")));
    }

    @Test
    void shouldPauseUntilTheLimitIsRaised() {
        RunHandle run = ENGINE.api()
                .submit(Doc.tasks(LIMIT + "on_budget: 'pause'", prompt("a", 1_000, 100, 50), prompt("z", 2_600, 1, 1)));

        RunAnswer paused = run.when(now -> now.state().equals("paused"));
        run.raiseBudget("0.0055");
        RunAnswer end = run.ended().completed();

        assertThat(paused.task("z").path("waiting_for").asText()).isEqualTo("budget");
        assertThat(paused.state("a")).isEqualTo("completed");
        assertThat(end.json().path("budget_limit").path("amount").decimalValue())
                .isEqualByComparingTo("0.0055");
        assertThat(cost(end.json())).isEqualTo("0.000203");
    }

    @Test
    void shouldPayForAttemptsThatFailed() {
        ObjectNode document = Doc.tasks(
                LIMIT + "retry: {max_attempts: 2, initial_interval_ms: 1}",
                "{id: 'a', prompt: 'Try', model: 'sim', max_output_tokens: 100,"
                        + " metadata: {sim_fail_attempts: 1, sim_input_tokens: 100, sim_output_tokens: '50'}}");
        RunHandle run = ENGINE.api().submit(document);

        RunAnswer end = run.ended().completed();

        assertThat(run.attempts("a")).hasSize(2);
        assertThat(run.attempts("a").get(0).path("state").asText()).isEqualTo("failed");
        assertThat(cost(run.attempts("a").get(0))).isEqualTo("0.0002");
        assertThat(cost(end.task("a"))).isEqualTo("0.0004");
        assertThat(cost(end.json())).isEqualTo("0.0004");
    }

    /** The same prompt behind another output, or behind one of another name, is another request. */
    @Test
    void shouldRouteOutputsIntoPromptsUnderTheirNames() {
        RunAnswer first = answered("first", "Blue");

        RunAnswer again = answered("first", "Blue");
        RunAnswer otherOutput = answered("first", "Red");
        RunAnswer otherName = answered("third", "Blue");
        RunAnswer nothing = answered("first", "");

        assertThat(first.task("second").path("output").asText()).endsWith("to: Why?");
        assertThat(again.task("second").path("output"))
                .isEqualTo(first.task("second").path("output"));
        assertThat(otherOutput.task("second").path("output"))
                .isNotEqualTo(first.task("second").path("output"));
        assertThat(otherName.task("second").path("output"))
                .isNotEqualTo(first.task("second").path("output"));
        assertThat(inputTokens(first)).isGreaterThan(inputTokens(nothing));
        assertThat(otherName.task("second").path("output"))
                .isNotEqualTo(nothing.task("second").path("output"));
    }

    @Test
    void shouldSaySoWhereAModelIsSimulated() {
        RunHandle run =
                ENGINE.api().submit(Doc.tasks("", "{id: 'a', prompt: 'Hello', model: 'claude-3-haiku-20240307'}"));

        RunAnswer end = run.ended().completed();

        JsonNode usage = end.task("a").path("usage");
        BigDecimal expected = new BigDecimal("0.00000025")
                .multiply(usage.path("input_tokens").decimalValue())
                .add(new BigDecimal("0.00000125")
                        .multiply(usage.path("output_tokens").decimalValue()));
        assertThat(end.task("a").path("simulated").asBoolean()).isTrue();
        assertThat(usage.path("cost").path("amount").decimalValue()).isEqualByComparingTo(expected);
        assertThat(usage.path("cost").path("currency").asText()).isEqualTo("USD");
        assertThat(end.json().path("usage").path("cost")).isEqualTo(usage.path("cost"));
    }

    private static RunAnswer answered(String source, String output) {
        return ENGINE.api()
                .submit(Doc.tasks(
                        "",
                        "{id: '%s', type: 'transform', expression: '\"%s\"'}".formatted(source, output),
                        "{id: 'second', prompt: 'Why?', model: 'sim', deps: ['%s']}".formatted(source)))
                .ended()
                .completed();
    }

    private static int inputTokens(RunAnswer run) {
        return run.task("second").path("usage").path("input_tokens").asInt();
    }

    private static String prompt(String id, int reserved, int input, int output) {
        return ("{id: '%s', prompt: 'Say something', model: 'sim', max_output_tokens: %d,"
                        + " metadata: {sim_input_tokens: %d, sim_output_tokens: %d}}")
                .formatted(id, reserved, input, output);
    }

    /** As it is written: a decimal number without trailing zeros. */
    private static String cost(JsonNode used) {
        return used.path("usage").path("cost").path("amount").decimalValue().toPlainString();
    }
}
