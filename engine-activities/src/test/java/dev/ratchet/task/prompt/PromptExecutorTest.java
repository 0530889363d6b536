package dev.ratchet.task.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ratchet.document.Money;
import dev.ratchet.run.Estimate;
import dev.ratchet.run.TaskError;
import dev.ratchet.run.Usage;
import dev.ratchet.task.model.ModelCatalogue;
import dev.ratchet.task.model.ModelRegistry;
import dev.ratchet.task.spi.TaskFailure;
import dev.ratchet.task.spi.TaskResult;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class PromptExecutorTest {
    private final ModelRegistry models = ModelRegistry.embedded(ModelCatalogue.builtIn());
    private final PromptExecutor executor = new PromptExecutor(models);

    @Test
    void shouldAnswerTheSameToTheSamePrompt() throws Exception {
        PromptTask task = PromptTask.of("{'prompt': 'Analyze requirements', 'model': 'sim'}".replace('\'', '"'));

        TaskResult first = task.run(executor);

        assertThat(first.output().textValue()).contains("Analyze requirements");
        assertThat(first).isEqualTo(task.run(executor));
        assertThat(first.simulated()).isTrue();
    }

    @Test
    void shouldAnswerOtherwiseToOtherContext() throws Exception {
        TaskResult alone = PromptTask.of("{\"prompt\": \"Sum up\"}").run(executor);
        TaskResult led = PromptTask.of("{\"prompt\": \"Sum up\"}")
                .dependency("a", "\"news\"")
                .run(executor);

        assertThat(alone.output()).isNotEqualTo(led.output());
    }

    @Test
    void shouldSimulateCatalogueModelsAndPriceThemAsTheCatalogueSays() throws Exception {
        TaskResult result = PromptTask.of("{\"prompt\": \"Analyze\", \"model\": \"claude-3-haiku-20240307\"}")
                .metadata("{\"sim_input_tokens\": 380, \"sim_output_tokens\": \"120\"}")
                .run(executor);

        assertThat(result.simulated()).isTrue();
        assertThat(result.usage()).isEqualTo(new Usage(380, 120, usd("0.000245")));
    }

    @Test
    void shouldReserveTheExpectedOutputWithoutACap() throws Exception {
        Estimate estimate = PromptTask.of("{\"prompt\": \"Hi\", \"model\": \"sim\"}")
                .prepare(executor)
                .estimate();

        assertThat(estimate).isEqualTo(new Estimate(1, 512, usd("0.001025")));
    }

    @Test
    void shouldReserveTheCapWhereGiven() throws Exception {
        Estimate estimate = PromptTask.of("{\"prompt\": \"Hi\", \"model\": \"sim\", \"max_output_tokens\": 100}")
                .prepare(executor)
                .estimate();

        assertThat(estimate).isEqualTo(new Estimate(1, 100, usd("0.000201")));
    }

    @Test
    void shouldNeverLetMetadataChangeAnEstimate() throws Exception {
        String config = "{\"prompt\": \"Describe the outcome\", \"model\": \"gpt-4o\"}";
        Estimate plain = PromptTask.of(config).prepare(executor).estimate();

        for (String metadata : List.of(
                "{\"sim_input_tokens\": 9000}",
                "{\"sim_output_tokens\": \"9000\"}",
                "{\"sim_output\": \"a long text that is given\"}",
                "{\"sim_error\": \"timeout\", \"sim_latency_ms\": 100000}",
                "{\"sim_fail_attempts\": 3}")) {
            assertThat(PromptTask.of(config)
                            .metadata(metadata)
                            .prepare(executor)
                            .estimate())
                    .isEqualTo(plain);
        }
    }

    @Test
    void shouldEstimateSystemMemoryOutputsAndPromptOnceEach() throws Exception {
        String config = "{\"prompt\": \"two words\", \"system\": \"be brief\", \"model\": \"sim\"}";
        long plain = PromptTask.of(config).prepare(executor).estimate().inputTokens();

        long led = PromptTask.of(config)
                .memory("small team")
                .dependency("a", "\"" + "word ".repeat(1_000) + "\"")
                .prepare(executor)
                .estimate()
                .inputTokens();

        assertThat(plain).isEqualTo(4);
        assertThat(led - plain).isBetween(1_002L, 1_020L);
    }

    @Test
    void shouldEstimateNoLessInputThanTheSimulatedModelCounts() throws Exception {
        Random random = new Random(11);
        for (int i = 0; i < 200; i++) {
            PromptTask task = PromptTask.of("{\"model\": \"fast\", \"prompt\": \"" + words(random) + "\"}");
            for (int n = random.nextInt(4); n > 0; n--) {
                task.memory(words(random)).dependency("task-" + n, "\"" + words(random) + "\"");
            }

            long estimated = task.prepare(executor).estimate().inputTokens();

            assertThat(task.execute(executor).usage())
                    .extracting(Usage::inputTokens, InstanceOfAssertFactories.LONG)
                    .isBetween(estimated * 4 / 5 - 5, estimated);
        }
    }

    @Test
    void shouldSendMemoryThenOutputsThenThePrompt() throws Exception {
        var payload = PromptTask.of("{\"prompt\": \"Write\", \"system\": \"Be brief\", \"model\": \"sim\"}")
                .memory("We are small.")
                .dependency("b", "{\"n\": 1}")
                .dependency("a", "\"text\"")
                .dependency("nothing", "\"\"")
                .prepare(executor)
                .payload();

        assertThat(payload.at("/request/system").textValue()).isEqualTo("Be brief");
        assertThat(payload.at("/request/messages/0").textValue())
                .isEqualTo("We are small.\n\n<output task=\"b\">\n{\"n\":1}\n</output>\n\n"
                        + "<output task=\"a\">\ntext\n</output>");
        assertThat(payload.at("/request/messages/1").textValue()).isEqualTo("Write");
        assertThat(payload.at("/parts").findValuesAsText("source"))
                .containsExactly("SYSTEM", "MEMORY", "OUTPUT", "OUTPUT", "PROMPT");
        assertThat(payload.at("/parts").findValuesAsText("task")).containsExactly("b", "a");
    }

    @Test
    void shouldUseTheBalancedModelByDefaultAndResolveRoles() throws Exception {
        var byDefault = PromptTask.of("{\"prompt\": \"Hi\"}").prepare(executor).payload();
        var byRole = PromptTask.of("{\"prompt\": \"Hi\", \"model\": \"fast\"}")
                .prepare(executor)
                .payload();

        assertThat(byDefault.at("/offer/model/id").textValue())
                .isEqualTo(models.catalogue().roles().get("balanced"));
        assertThat(byRole.at("/offer/model/id").textValue())
                .isEqualTo(models.catalogue().roles().get("fast"));
    }

    @Test
    void shouldFailTheFirstAttemptsAndThenAnswer() throws Exception {
        PromptTask task = PromptTask.of("{\"prompt\": \"Hi\", \"model\": \"sim\"}")
                .metadata("{\"sim_fail_attempts\": 2, \"sim_input_tokens\": 10, \"sim_output_tokens\": 5}");
        task.prepare(executor);

        TaskFailure second = failure(task.attempt(2));

        assertThat(second.error())
                .isEqualTo(new TaskError(
                        "execution_failed",
                        "Expected an answer of the simulated model, but attempt 2 was told to fail",
                        null));
        assertThat(second.isRetryable()).isTrue();
        assertThat(second.usage()).isEqualTo(new Usage(10, 5, usd("0.00002")));
        assertThat(task.attempt(3).execute(executor).usage()).isEqualTo(second.usage());
    }

    @Test
    void shouldFailEveryAttemptWithTheErrorGiven() throws Exception {
        PromptTask task = PromptTask.of("{\"prompt\": \"Hi\"}").metadata("{\"sim_error\": \"egress_denied\"}");
        task.prepare(executor);

        TaskFailure failure = failure(task.attempt(7));

        assertThat(failure.error().code()).isEqualTo("egress_denied");
        assertThat(failure.isRetryable()).isFalse();
        assertThat(failure.usage()).isNull();
    }

    @Test
    void shouldRefuseMetadataThatCannotSteer() {
        for (String metadata : List.of(
                "{\"sim_latency_ms\": -1}",
                "{\"sim_latency_ms\": \"soon\"}",
                "{\"sim_input_tokens\": 1.5}",
                "{\"sim_output_tokens\": true}",
                "{\"sim_fail_attempts\": []}",
                "{\"sim_error\": \"no_such_code\"}")) {
            PromptTask task = PromptTask.of("{\"prompt\": \"Hi\"}").metadata(metadata);

            TaskFailure failure = catchThrowableOfType(TaskFailure.class, () -> task.prepare(executor));

            assertThat(failure.error().code()).isEqualTo("invalid_input");
            assertThat(failure.getMessage())
                    .startsWith("Expected metadata.sim_")
                    .contains(", but it was ");
        }
    }

    @Test
    void shouldStopAtOnceWhenCancelledWhileTheSimulatedLatencyPasses() throws Exception {
        PromptTask task = PromptTask.of("{\"prompt\": \"Hi\"}").metadata("{\"sim_latency_ms\": \"3600000\"}");
        task.prepare(executor);
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() ->
                        ended.complete(catchThrowableOfType(InterruptedException.class, () -> task.execute(executor))));

        Awaitility.await().until(task::isWatched);
        task.cancel();

        assertThat(ended.get(5, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    }

    @Test
    void shouldLetTheLatencyPassBeforeTheError() throws Exception {
        PromptTask task =
                PromptTask.of("{\"prompt\": \"Hi\"}").metadata("{\"sim_latency_ms\": 80, \"sim_error\": \"timeout\"}");
        task.prepare(executor);
        long start = System.nanoTime();

        TaskFailure failure = failure(task);

        assertThat(failure.error().code()).isEqualTo("timeout");
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(80));
    }

    @Test
    void shouldCallZeroUsageInvalid() throws Exception {
        PromptTask task =
                PromptTask.of("{\"prompt\": \"Hi\"}").metadata("{\"sim_input_tokens\": 0, \"sim_output_tokens\": 0}");
        task.prepare(executor);

        TaskFailure failure = failure(task);

        assertThat(failure.error().code()).isEqualTo("invalid_result");
        assertThat(failure.isRetryable()).isTrue();
    }

    @Test
    void shouldCallAnEmptyAnswerInvalidAndPayForIt() throws Exception {
        PromptTask task =
                PromptTask.of("{\"prompt\": \"Hi\", \"model\": \"sim\"}").metadata("{\"sim_output\": \"\"}");
        task.prepare(executor);

        TaskFailure failure = failure(task);

        assertThat(failure.error().code()).isEqualTo("invalid_result");
        assertThat(failure.usage()).isEqualTo(new Usage(1, 0, usd("0.000001")));
    }

    @Test
    void shouldParseTheAnswerWhenASchemaIsGiven() throws Exception {
        TaskResult result = PromptTask.of("{\"prompt\": \"Rate\"}")
                .outputSchema("{\"type\": \"object\"}")
                .metadata("{\"sim_output\": \"{\\\"score\\\": 85}\"}")
                .run(executor);

        assertThat(result.output()).isEqualTo(PromptTask.json("{\"score\": 85}"));
    }

    @Test
    void shouldReturnAGivenValueAsItIs() throws Exception {
        TaskResult result = PromptTask.of("{\"prompt\": \"Rate\"}")
                .metadata("{\"sim_output\": {\"score\": 85}}")
                .run(executor);

        assertThat(result.output()).isEqualTo(PromptTask.json("{\"score\": 85}"));
    }

    @Test
    void shouldRefuseAnAnswerThatIsNoJsonWhenASchemaIsGiven() throws Exception {
        PromptTask task = PromptTask.of("{\"prompt\": \"Rate\"}")
                .outputSchema("{\"type\": \"object\"}")
                .metadata("{\"sim_output\": \"fine, thanks\", \"sim_input_tokens\": 1}");
        task.prepare(executor);

        TaskFailure failure = failure(task);

        assertThat(failure.error().code()).isEqualTo("output_invalid");
        assertThat(failure.isRetryable()).isFalse();
        assertThat(failure.usage()).isNotNull();
    }

    @Test
    void shouldMakeAnAnswerThatSatisfiesTheSchema() throws Exception {
        TaskResult result =
                PromptTask.of("{\"prompt\": \"Rate\"}").outputSchema("""
                        {"type": "object", "required": ["score"],
                         "properties": {"score": {"type": "integer", "minimum": 80}}}""").run(executor);

        assertThat(result.output()).isEqualTo(PromptTask.json("{\"score\": 80}"));
    }

    @Test
    void shouldFailAnUnknownModelThatATemplateNamed() {
        PromptTask task = PromptTask.of("{\"prompt\": \"Hi\", \"model\": \"gpt-0\"}");

        TaskFailure failure = catchThrowableOfType(TaskFailure.class, () -> task.prepare(executor));

        assertThat(failure.error().code()).isEqualTo("model_unknown");
        assertThat(failure.getMessage()).contains("'gpt-0' is none").contains("claude-3-haiku-20240307");
    }

    @Test
    void shouldRefuseAModelWithoutAKeyOutsideEmbeddedMode() throws Exception {
        PromptExecutor deployed = new PromptExecutor(ModelRegistry.deployed(ModelCatalogue.builtIn()));
        PromptTask task = PromptTask.of("{\"prompt\": \"Hi\", \"model\": \"gpt-4o\"}");

        TaskFailure failure = catchThrowableOfType(TaskFailure.class, () -> task.prepare(deployed));

        assertThat(failure.error().code()).isEqualTo("model_unknown");
        assertThat(failure.getMessage())
                .contains(
                        "Expected a model that this engine can call, but gpt-4o is one of openai, which it has no provider");
        assertThat(PromptTask.of("{\"prompt\": \"Hi\", \"model\": \"sim\"}")
                        .run(deployed)
                        .simulated())
                .isTrue();
    }

    @Test
    void shouldCapTheAnswerAtWhatTheTaskAllows() throws Exception {
        TaskResult result = PromptTask.of(
                        "{\"prompt\": \"A long story\", \"model\": \"sim\", \"max_output_tokens\": 3}")
                .run(executor);

        assertThat(result.usage()).extracting(Usage::outputTokens).isEqualTo(3L);
    }

    private static String words(Random random) {
        return random.ints(1 + random.nextInt(40), 0, 26)
                .mapToObj(letter -> "w" + (char) ('a' + letter))
                .collect(Collectors.joining(random.nextBoolean() ? " " : ", "));
    }

    private TaskFailure failure(PromptTask task) {
        return catchThrowableOfType(TaskFailure.class, () -> task.execute(executor));
    }

    private static Money usd(String amount) {
        return new Money(new BigDecimal(amount), "USD");
    }
}
