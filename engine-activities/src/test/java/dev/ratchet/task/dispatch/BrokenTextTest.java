package dev.ratchet.task.dispatch;

import static dev.ratchet.task.dispatch.FakeTasks.json;
import static dev.ratchet.task.dispatch.Requests.attempt;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Json;
import dev.ratchet.run.Decision;
import dev.ratchet.run.Estimate;
import dev.ratchet.run.InlineAnswer;
import dev.ratchet.run.InlineJob;
import dev.ratchet.run.Outcome;
import dev.ratchet.run.TaskError;
import dev.ratchet.run.Value;
import dev.ratchet.task.blob.BlobStore;
import dev.ratchet.task.blob.MemoryBlobs;
import dev.ratchet.task.secret.Secrets;
import dev.ratchet.task.spi.Preparation;
import dev.ratchet.task.spi.TaskFailure;
import dev.ratchet.task.spi.TaskResult;
import dev.ratchet.workflow.DispatchRequest;
import dev.ratchet.workflow.InlineRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever an executor brings in can be written, sent and read again; what was changed for that is told. */
class BrokenTextTest {
    private static final JsonNode BROKEN = json("{\"n\\ude00\": [\"cut \\ud83d\"]}");
    private static final JsonNode MENDED = json("{\"n\uFFFD\": [\"cut \uFFFD\"]}");
    private static final Decision NOTE = Decision.ofOutput(
            "Expected text of Unicode characters, but 2 halves of characters stood alone, replaced by U+FFFD");

    private final MemoryBlobs blobs = new MemoryBlobs();
    private final FakeTasks tasks = new FakeTasks();
    private final Secrets secrets = (organization, name) -> "s3cret-token";

    @Test
    void shouldMendWhatAFunctionReturnsAndSaySo() throws Exception {
        tasks.with("js", context -> TaskResult.of(BROKEN));

        Outcome.Result result = carriedOut(attempt("a", "js"));

        assertThat(result).isEqualTo(new Outcome.Completed(Value.of(MENDED), List.of(), List.of(NOTE)));
        byte[] sent = Json.mapper().writeValueAsBytes(result);
        assertThat(Json.mapper().readValue(sent, Outcome.Result.class)).isEqualTo(result);
    }

    @Test
    void shouldMendAnArtifactThatSomebodyGaveAsResult() {
        tasks.with("agent", context -> TaskResult.of(context.prepared()));
        Value artifact =
                blobs.put("{\"n\\ude00\": [\"cut \\ud83d\"]}".getBytes(StandardCharsets.UTF_8), BlobStore.JSON);

        Outcome.Result result = carriedOut(attempt("a", "agent").prepared(artifact));

        assertThat(result).isEqualTo(new Outcome.Completed(Value.of(MENDED), List.of(), List.of(NOTE)));
    }

    @Test
    void shouldSayNothingOfSoundText() {
        tasks.with("js", context -> TaskResult.of(json("\"whole 😀\"")));

        assertThat(carriedOut(attempt("a", "js")))
                .isEqualTo(new Outcome.Completed(Value.of(json("\"whole 😀\"")), List.of(), List.of()));
    }

    @Test
    void shouldMendErrorsAndTheirDetails() throws Exception {
        tasks.with("js", context -> {
            throw TaskFailure.of(new TaskError("execution_failed", "cut \ud83d", BROKEN), false);
        });

        Outcome.Failed failed = (Outcome.Failed) carriedOut(attempt("a", "js"));

        assertThat(failed.error()).isEqualTo(new TaskError("execution_failed", "cut \uFFFD", MENDED));
        assertThat(Json.mapper().writeValueAsBytes(failed)).isNotEmpty();
    }

    @Test
    void shouldCutAnErrorBetweenCharacters() {
        TaskError error = TaskError.of(ErrorCode.EXECUTION_FAILED, "x".repeat(1_999) + "😀".repeat(10));
        assertThat(error.message()).isEqualTo("x".repeat(1_999) + "…");
    }

    @Test
    void shouldMaskTheBeginningOfASecretThatACutParted() {
        tasks.with("js", context -> {
            context.secret("TOKEN");
            throw TaskFailure.of(
                    new TaskError("execution_failed", "no", json("{\"body\": \"you sent s3cret-t…\"}")), false);
        });

        Outcome.Failed failed = (Outcome.Failed) carriedOut(attempt("a", "js"));

        assertThat(failed.error().details()).isEqualTo(json("{\"body\": \"you sent ***…\"}"));
    }

    @Test
    void shouldMendWhatWasPrepared() {
        tasks.preparing("js", context -> new Preparation.Ready(new Estimate(0, 0, null), BROKEN));

        InlineAnswer answer = inline(new InlineJob.Prepare(attempt("a", "js").build()));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        InlineAnswer.Prepared.class,
                        prepared -> assertThat(prepared.payload()).isEqualTo(Value.of(MENDED)));
    }

    @Test
    void shouldRefuseForGoodWhatIsTooDeepOrNoJson() {
        tasks.with("deep", context -> TaskResult.of(nested(65)));
        tasks.with("nan", context -> TaskResult.of(DoubleNode.valueOf(Double.NaN)));

        Outcome.Failed deep = (Outcome.Failed) carriedOut(attempt("a", "deep"));
        Outcome.Failed nan = (Outcome.Failed) carriedOut(attempt("a", "nan"));

        assertThat(deep.error())
                .isEqualTo(TaskError.of(
                        ErrorCode.OUTPUT_INVALID, "Expected at most 64 levels of JSON, but there are more"));
        assertThat(deep.retryable()).isFalse();
        assertThat(nan.error().message()).startsWith("Expected numbers of the size of a double");
    }

    @Test
    void shouldKeepTheDigitsOfNumbers() {
        tasks.with("echo", context -> TaskResult.of(context.input()));
        String numbers = "{\"id\":18446744073709551615,\"price\":1.10,\"fine\":0.1000000000000000055511151231257827}";
        Requests requests = new Requests().completed("up", numbers);

        Outcome.Result result = carriedOut(requests.request(attempt("a", "echo")
                .input("{\"all\": \"${tasks.up.output}\", \"list\": \"${[tasks.up.output.id]}\"}")
                .feed("up", "price", "fed")
                .reads("up")));

        assertThat(((Value.Inline) ((Outcome.Completed) result).output()).json().toString())
                .isEqualTo("{\"all\":" + numbers + ",\"list\":[18446744073709551615],\"fed\":1.10}");
    }

    private Outcome.Result carriedOut(Requests.AttemptBuilder attempt) {
        return carriedOut(new Requests().request(attempt));
    }

    private Outcome.Result carriedOut(DispatchRequest request) {
        return new Dispatcher(Toolbox.of(tasks, blobs, secrets), new Draining())
                .dispatch(request, new FakeLifeline())
                .outcomes()
                .getFirst()
                .result();
    }

    private InlineAnswer inline(InlineJob job) {
        InlineRequest request =
                new InlineRequest(Requests.RUN, List.of(job), new Requests().sources(), 16 * 1024, List.of());
        return new InlineWorker(Toolbox.of(tasks, blobs, secrets))
                .inline(request)
                .answers()
                .getFirst();
    }

    private static JsonNode nested(int levels) {
        JsonNode json = json("1");
        for (int i = 0; i < levels; i++) {
            json = Json.mapper().createArrayNode().add(json);
        }
        return json;
    }
}
