package dev.ratchet.task.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.plan.Policies.ContextStrategy;
import dev.ratchet.task.model.Model;
import dev.ratchet.task.model.ModelCatalogue;
import dev.ratchet.task.model.TokenEstimator;
import dev.ratchet.task.spi.TaskFailure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ContextBuilderTest {
    private static final Model SIM =
            Objects.requireNonNull(ModelCatalogue.builtIn().find("sim"));
    private static final String TEN = "one two three four five six seven eight nine ten";

    private final ContextBuilder builder = new ContextBuilder(new TokenEstimator());
    private final Map<String, Supplier<JsonNode>> outputs = new LinkedHashMap<>();

    @Test
    void shouldPutMemoryFirstThenOutputsInDependencyOrderThenThePrompt() throws Exception {
        text("z", TEN);
        text("a", TEN);

        PromptContext context = build(ContextPolicy.NONE, "m1", "m2");

        assertThat(context.parts())
                .extracting(ContextPart::source)
                .containsExactly(
                        ContextPart.Source.SYSTEM,
                        ContextPart.Source.MEMORY,
                        ContextPart.Source.MEMORY,
                        ContextPart.Source.OUTPUT,
                        ContextPart.Source.OUTPUT,
                        ContextPart.Source.PROMPT);
        assertThat(context.lead().map(ContextPart::task)).containsExactly(null, null, "z", "a");
    }

    @Test
    void shouldLeaveOutOutputsThatAreEmpty() throws Exception {
        for (String empty : List.of("null", "\"\"", "\" \\n\"", "[]", "{}")) {
            outputs.put("t" + outputs.size(), () -> Json.read(empty, JsonNode.class));
        }
        for (String full : List.of("0", "false", "[null]")) {
            outputs.put("full" + outputs.size(), () -> Json.read(full, JsonNode.class));
        }

        assertThat(build(ContextPolicy.NONE).lead().map(ContextPart::text)).containsExactly("0", "false", "[null]");
    }

    @Test
    void shouldKeepTheLastOutputsOnly() throws Exception {
        text("a", TEN);
        text("b", TEN);
        text("c", TEN);

        PromptContext context = build(policy("{\"strategy\": \"keep_last_n\", \"keep_last_n\": 2}"));

        assertThat(context.lead().map(ContextPart::task)).containsExactly("b", "c");
        assertThat(part(context, "a").isDropped()).isTrue();
        assertThat(part(context, "a").cutTokens()).isEqualTo(10);
    }

    @Test
    void shouldCutTheOldestFirst() throws Exception {
        text("a", TEN);
        text("b", TEN);
        text("c", TEN);

        PromptContext context = build(policy("{\"strategy\": \"truncate\", \"max_tokens\": 15}"));

        assertThat(part(context, "a").isDropped()).isTrue();
        assertThat(part(context, "b")).isEqualTo(output("b", "one two three four five", 5, 5));
        assertThat(part(context, "c")).isEqualTo(output("c", TEN, 10, 0));
    }

    @Test
    void shouldCountMemoryAgainstTheLimitButNeverCutIt() throws Exception {
        text("a", TEN);

        PromptContext context = build(policy("{\"strategy\": \"truncate\", \"max_tokens\": 13}"), TEN);

        assertThat(context.parts().get(1).text()).isEqualTo(TEN);
        assertThat(part(context, "a").text()).isEqualTo("one two three");
    }

    @Test
    void shouldFailWhenMemoryAloneIsTooLarge() {
        TaskFailure failure = failure(policy("{\"strategy\": \"truncate\", \"max_tokens\": 9}"), TEN);

        assertThat(failure.error().code()).isEqualTo("context_compact_failed");
        assertThat(failure.getMessage())
                .isEqualTo("Expected memory and outputs to fit into max_tokens 9, but memory has 10 and is never cut");
    }

    @Test
    void shouldLeaveWhatFitsTheLimitExactly() throws Exception {
        text("a", TEN);

        assertThat(build(policy("{\"strategy\": \"truncate\", \"max_tokens\": 10}"))
                        .lead())
                .containsExactly(output("a", TEN, 10, 0));
    }

    @Test
    void shouldCutEachOutput() throws Exception {
        text("a", TEN);
        text("b", "short");

        PromptContext context = build(policy("{\"strategy\": \"truncate_to\", \"truncate_to\": 4}"));

        assertThat(context.lead()).containsExactly(output("a", "one two three four", 4, 6), output("b", "short", 1, 0));
    }

    @Test
    void shouldFailWhatIsLargerThanTheModelsContext() {
        text("a", "word ".repeat(200_001));

        TaskFailure failure = failure(ContextPolicy.NONE);

        assertThat(failure.error().code()).isEqualTo("context_compact_failed");
        assertThat(failure.getMessage())
                .startsWith("Expected at most 200000 tokens, the context of sim, but there are ");
    }

    @Test
    void shouldFitALargeOutputOnceThePolicyCutsIt() throws Exception {
        text("a", "word ".repeat(200_001));

        PromptContext context = build(policy("{\"strategy\": \"truncate_to\"}"));

        assertThat(part(context, "a").tokens()).isBetween(1_900L, 2_000L);
    }

    @Test
    void shouldFailWhenAnOutputCannotBeRead() {
        outputs.put("a", () -> {
            throw new IllegalStateException("no such blob");
        });

        TaskFailure failure = failure(ContextPolicy.NONE);

        assertThat(failure.error().code()).isEqualTo("context_build_failed");
        assertThat(failure.getMessage()).isEqualTo("Expected the output of a, but it could not be read");
    }

    @Test
    void shouldRefuseAStrategyThatIsUnknown() {
        TaskFailure failure = catchThrowableOfType(
                TaskFailure.class,
                () -> ContextPolicy.read(Json.read("{\"strategy\": \"summarize\"}", JsonNode.class)));

        assertThat(failure.error().code()).isEqualTo("invalid_input");
        assertThat(failure.getMessage())
                .isEqualTo("Expected context_policy.strategy to be one of none, keep_last_n, truncate, truncate_to,"
                        + " but it was \"summarize\"");
    }

    @Test
    void shouldFillInWhatAPolicyLeavesOut() throws Exception {
        assertThat(ContextPolicy.read(null)).isEqualTo(new ContextPolicy(ContextStrategy.NONE, 8_000, 5, 2_000));
        assertThat(policy("{\"strategy\": \"truncate\"}"))
                .isEqualTo(new ContextPolicy(ContextStrategy.TRUNCATE, 8_000, 5, 2_000));
    }

    private void text(String id, String text) {
        outputs.put(id, () -> Json.tree(text));
    }

    private PromptContext build(ContextPolicy policy, String... memory) throws TaskFailure {
        return builder.build(new ContextRequest(SIM, policy, "be brief", List.of(memory), outputs, "go"));
    }

    private TaskFailure failure(ContextPolicy policy, String... memory) {
        return catchThrowableOfType(TaskFailure.class, () -> build(policy, memory));
    }

    private static ContextPolicy policy(String json) {
        try {
            return ContextPolicy.read(Json.read(json, JsonNode.class));
        } catch (TaskFailure e) {
            throw new AssertionError(e);
        }
    }

    private static ContextPart part(PromptContext context, String task) {
        return context.parts().stream()
                .filter(part -> task.equals(part.task()))
                .findFirst()
                .orElseThrow();
    }

    private static ContextPart output(String task, String text, long tokens, long cut) {
        return new ContextPart(ContextPart.Source.OUTPUT, task, text, tokens, cut);
    }
}
