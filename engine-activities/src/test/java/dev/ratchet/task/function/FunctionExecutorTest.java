package dev.ratchet.task.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Problem;
import dev.ratchet.task.FakeTaskContext;
import dev.ratchet.task.Inspected;
import dev.ratchet.task.spi.TaskContext;
import dev.ratchet.task.spi.TaskFailure;
import dev.ratchet.task.spi.TaskFunction;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionExecutorTest {
    private final FunctionExecutor executor = FunctionExecutor.withPlugIns();

    @Test
    void shouldReturnAnEmptyObjectFromNoop() throws Exception {
        assertThat(run("noop", "{}").toString()).isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":[1,null]}", "null", "\"text\"", "3"})
    void shouldReturnItsInputFromEcho(String input) throws Exception {
        assertThat(run("echo", input).toString()).isEqualTo(input);
    }

    @Test
    void shouldTakeTheAliasHandler() throws Exception {
        JsonNode output = executor.execute(
                        FakeTaskContext.of("{'handler': 'echo'}").input("{'x': 1}"))
                .output();
        assertThat(output.path("x").asInt()).isEqualTo(1);
    }

    @Test
    void shouldSleepAsLongAsTold() throws Exception {
        long start = System.nanoTime();
        assertThat(run("sleep", "{'ms': 30}").toString()).isEqualTo("{}");
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(30));
    }

    @Test
    void shouldStopSleepingWhenCancelled() {
        FakeTaskContext context = FakeTaskContext.of("{'function': 'sleep'}").input("{'ms': 60000}");
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread.startVirtualThread(() -> ended.complete(catchThrowable(context)));
        context.cancel();
        assertThat(ended.orTimeout(5, TimeUnit.SECONDS).join()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void shouldStopSleepingWhenInterrupted() {
        FakeTaskContext context = FakeTaskContext.of("{'function': 'sleep'}").input("{'ms': 60000}");
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread thread = Thread.startVirtualThread(() -> ended.complete(catchThrowable(context)));
        thread.interrupt();
        assertThat(ended.orTimeout(5, TimeUnit.SECONDS).join()).isInstanceOf(InterruptedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'ms': -1}", "{'ms': '5'}", "{'ms': 1.5}", "{'ms': 86400001}", "[]"})
    void shouldRefuseASleepThatIsNoNumberOfMilliseconds(String input) {
        TaskFailure failure = failure("sleep", input, 1);
        assertThat(failure.error().code()).isEqualTo("invalid_input");
        assertThat(failure.error().message()).startsWith("Expected an input that function 'sleep' takes, but at");
        assertThat(failure.isRetryable()).isFalse();
    }

    @Test
    void shouldFailRetryablyByDefault() {
        TaskFailure failure = failure("fail", "{}", 7);
        assertThat(failure.error().code()).isEqualTo("execution_failed");
        assertThat(failure.error().message()).isEqualTo("Expected to succeed, but was told to fail");
        assertThat(failure.isRetryable()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"execution_failed,true", "timeout,true", "invalid_result,true", "egress_denied,false"})
    void shouldFailWithTheCodeAndMessageGiven(String code, boolean retryable) {
        TaskFailure failure = failure("fail", "{'code': '" + code + "', 'message': 'no'}", 1);
        assertThat(failure.error().code()).isEqualTo(code);
        assertThat(failure.error().message()).isEqualTo("no");
        assertThat(failure.isRetryable()).isEqualTo(retryable);
    }

    @Test
    void shouldFailUpToAndWithTheAttemptNamed() throws Exception {
        assertThat(failure("fail", "{'until_attempt': 2}", 2).isRetryable()).isTrue();
        JsonNode output = executor.execute(FakeTaskContext.of("{'function': 'fail'}")
                        .input("{'until_attempt': 2}")
                        .attempt(3))
                .output();
        assertThat(output.toString()).isEqualTo("{}");
    }

    @Test
    void shouldRefuseACodeThatNoTaskHas() {
        assertThat(failure("fail", "{'code': 'dag_cycle'}", 1).error().code()).isEqualTo("invalid_input");
    }

    @Test
    void shouldReportAnUnknownFunctionAtSubmitAndAtRunTime() {
        String message = "Expected a function this worker offers (echo, fail, noop, sleep), but 'render' is none";
        assertThat(Inspected.of(executor, "{'function': 'render'}").problems())
                .containsExactly(new Problem("/function", "invalid_input", message));
        assertThat(failure("render", "{}", 1).error().message()).isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'function': 'noop', 'handler': 'noop'}"})
    void shouldWantOneName(String config) {
        assertThat(Inspected.of(executor, config).problems())
                .singleElement()
                .satisfies(p -> assertThat(p.message()).startsWith("Expected one of 'function' and 'handler', but"));
    }

    @ParameterizedTest
    @CsvSource({"noop,true", "echo,true", "fail,true", "sleep,false", "${input.name},false"})
    void shouldKnowWhatIsQuick(String name, boolean quick) {
        Inspected inspected = Inspected.of(executor, "{'function': '" + name + "'}");
        assertThat(inspected).isEqualTo(new Inspected(quick, List.of()));
    }

    @Test
    void shouldRetryWhatAPlugInThrowsAndSayWhy() {
        TaskFailure failure = plugIn(context -> {
            throw new IllegalStateException("the disk is full\nat line 2");
        });
        assertThat(failure.error().code()).isEqualTo("execution_failed");
        assertThat(failure.error().message())
                .isEqualTo("Expected function 'mine' to return a value, but it failed: the disk is full");
        assertThat(failure.isRetryable()).isTrue();
    }

    @Test
    void shouldNameNoClassInAMessage() {
        TaskFailure failure = plugIn(context -> {
            throw new ClassCastException("class java.lang.String cannot be cast to class java.lang.Long");
        });
        assertThat(failure.error().message()).isEqualTo("Expected function 'mine' to return a value, but it failed");
    }

    @Test
    @SuppressWarnings("NullAway") // what a plug-in may do whatever the interface says
    void shouldCallNoValueAnInvalidResult() {
        TaskFailure failure = plugIn(context -> null);
        assertThat(failure.error().code()).isEqualTo("invalid_result");
    }

    @Test
    void shouldRefuseTwoFunctionsOfOneName() {
        assertThatThrownBy(() -> new FunctionExecutor(List.of(new PlugIn("echo", TaskContext::input))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Expected one function named 'echo'");
    }

    private JsonNode run(String function, String input) throws Exception {
        return executor.execute(
                        FakeTaskContext.of("{'function': '" + function + "'}").input(input))
                .output();
    }

    private TaskFailure failure(String function, String input, int attempt) {
        return catchThrowableOfType(
                TaskFailure.class,
                () -> executor.execute(FakeTaskContext.of("{'function': '" + function + "'}")
                        .input(input)
                        .attempt(attempt)));
    }

    private Throwable catchThrowable(FakeTaskContext context) {
        return org.assertj.core.api.Assertions.catchThrowable(() -> executor.execute(context));
    }

    private static TaskFailure plugIn(Function<TaskContext, JsonNode> body) {
        FunctionExecutor withPlugIn = new FunctionExecutor(List.of(new PlugIn("mine", body)));
        return catchThrowableOfType(
                TaskFailure.class, () -> withPlugIn.execute(FakeTaskContext.of("{'function': 'mine'}")));
    }

    private record PlugIn(String name, Function<TaskContext, JsonNode> body) implements TaskFunction {
        @Override
        public JsonNode call(TaskContext context) {
            return body.apply(context);
        }
    }
}
