package dev.ratchet.task.dispatch;

import static dev.ratchet.task.dispatch.FakeTasks.json;
import static dev.ratchet.task.dispatch.Requests.attempt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.document.Json;
import dev.ratchet.document.Money;
import dev.ratchet.plan.Question;
import dev.ratchet.run.Answer;
import dev.ratchet.run.Outcome;
import dev.ratchet.run.TaskKey;
import dev.ratchet.run.Usage;
import dev.ratchet.run.Value;
import dev.ratchet.task.blob.MemoryBlobs;
import dev.ratchet.task.secret.Secrets;
import dev.ratchet.task.spi.TaskFailure;
import dev.ratchet.task.spi.TaskResult;
import dev.ratchet.workflow.DispatchRequest;
import dev.ratchet.workflow.DispatchResult;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DispatcherTest {
    private static final Usage USAGE = new Usage(10, 5, new Money(new BigDecimal("0.25"), "USD"));

    private final MemoryBlobs blobs = new MemoryBlobs();
    private final FakeTasks tasks = new FakeTasks()
            .with("echo", context -> TaskResult.of(context.input()))
            .with("config", context -> TaskResult.of(context.config()));
    private final Secrets secrets = (organization, name) -> name.equals("TOKEN") ? "s3cr\"et" : null;

    @Test
    void shouldReturnTheOutcomesOfAllAttemptsInKeyOrder() {
        // when
        DispatchResult result = dispatch(new Requests()
                .request(
                        attempt("b", "echo").input("{\"n\": 2}"),
                        attempt("a", "echo").input("{\"n\": 1}")));

        // then
        assertThat(result.outcomes()).extracting(Outcome::key).containsExactly(TaskKey.root("a"), TaskKey.root("b"));
        assertThat(completed(result, 0).output()).isEqualTo(Value.of(json("{\"n\": 1}")));
        assertThat(result.outcomes()).allSatisfy(outcome -> {
            assertThat(outcome.attempt()).isEqualTo(1);
            assertThat(outcome.endedAt()).isGreaterThanOrEqualTo(outcome.startedAt());
        });
    }

    @Test
    void shouldCarryAttemptsOutSideBySide() {
        // given
        CyclicBarrier meeting = new CyclicBarrier(3);
        tasks.with("meet", context -> {
            try {
                meeting.await(10, TimeUnit.SECONDS);
            } catch (java.util.concurrent.BrokenBarrierException | java.util.concurrent.TimeoutException e) {
                throw new IllegalStateException(e);
            }
            return TaskResult.of(json("true"));
        });

        // when
        DispatchResult result =
                dispatch(new Requests().request(attempt("a", "meet"), attempt("b", "meet"), attempt("c", "meet")));

        // then
        assertThat(result.outcomes()).allMatch(outcome -> outcome.result() instanceof Outcome.Completed);
    }

    @Test
    void shouldResolveTemplatesOfFieldsAndInput() {
        // given
        tasks.with(
                "all",
                context -> TaskResult.of(((com.fasterxml.jackson.databind.node.ObjectNode)
                                context.config().deepCopy())
                        .set("input", context.input())));
        Requests requests = new Requests().completed("up", "{\"score\": 7}").failed("down", "timeout");

        // when
        DispatchResult result = dispatch(requests.request(attempt("a", "all")
                .input("{\"n\": \"${tasks.up.output.score}\", \"t\": \"on ${input.topic}\"}")
                .config("text", "\"${args.n} ${ctx.down.error.code} ${tasks.down.state}\"")
                .config("run", "\"${run.id}/${run.organization}/${run.labels.team}\"")
                .config("cel", "\"${1}\"")
                .config("verbatim", "{\"x\": \"${2}\"}")
                .reads("up", "down")));

        // then
        assertThat(completed(result, 0).output().toString())
                .isEqualTo(Value.of(json("{\"text\": \"7 timeout failed\", \"run\": \"r1/acme/growth\","
                                + "\"cel\": \"${1}\", \"verbatim\": {\"x\": \"${2}\"},"
                                + "\"input\": {\"n\": 7, \"t\": \"on rain\"}}"))
                        .toString());
    }

    @Test
    void shouldResolveTemplatesOfMemory() {
        // given
        tasks.with("remembering", context -> TaskResult.of(Json.tree(context.memory())));

        // when
        DispatchResult result = dispatch(new Requests()
                .completed("up", "{\"score\": 7}")
                .request(
                        attempt("a", "remembering")
                                .input("{\"n\": 1}")
                                .memory("Of ${input.topic}", "${tasks.up.output}", "${args.n}", "$${as it is}", "plain")
                                .reads("up"),
                        attempt("b", "remembering").memory("${input.absent}")));

        // then
        assertThat(completed(result, 0).output().toString())
                .isEqualTo(Value.of(json("[\"Of rain\", \"{\\\"score\\\":7}\", \"1\", \"${as it is}\", \"plain\"]"))
                        .toString());
        assertThat(failed(result, 1).error().code()).isEqualTo("execution_failed");
        assertThat(failed(result, 1).error().message()).startsWith("Expected").contains("absent");
    }

    @Test
    void shouldFailWithoutARetryWhenATemplateFails() {
        DispatchResult result =
                dispatch(new Requests().request(attempt("a", "config").config("text", "\"${input.absent}\"")));

        Outcome.Failed failed = failed(result, 0);
        assertThat(failed.error().code()).isEqualTo("execution_failed");
        assertThat(failed.error().message()).startsWith("Expected").contains("absent");
        assertThat(failed.retryable()).isFalse();
    }

    @Test
    void shouldSeeTheNearestTaskOfAnEnclosingScope() {
        // given
        Requests requests = new Requests()
                .completed("up", "\"root\"")
                .completed("loop[1].up", "\"turn\"")
                .completed("far", "\"far\"");

        // when
        DispatchResult result = dispatch(requests.request(attempt("loop[1].write", "config")
                .config("text", "\"${tasks.up.output} ${tasks.far.output}\"")
                .reads("up", "far")));

        // then
        assertThat(completed(result, 0).output()).isEqualTo(Value.of(json("{\"text\": \"turn far\"}")));
    }

    @Test
    void shouldRefuseAFieldThatATemplateMadeInvalid() {
        DispatchResult result =
                dispatch(new Requests().request(attempt("a", "config").config("count", "\"${input.topic}\"")));

        assertThat(failed(result, 0).error().code()).isEqualTo("invalid_input");
        assertThat(failed(result, 0).error().message())
                .startsWith("Expected the configuration of a to satisfy its schema, but at /count ");
    }

    @Test
    void shouldFeedOutputsIntoTheInput() {
        // given
        Requests requests = new Requests()
                .completed("a", "{\"yes\": null, \"no\": 1}")
                .completed("b", "2")
                .completed("c", "\"three\"");

        // when
        DispatchResult result = dispatch(requests.request(attempt("d", "echo")
                .input("{\"text\": \"written\", \"kept\": true, \"items\": [0]}")
                .feed("c", null, "items[]")
                .feed("a", "no", "items[]")
                .feed("b", null, "text")
                .feed("a", "yes", "port")));

        // then
        assertThat(completed(result, 0).output())
                .isEqualTo(Value.of(json("{\"text\": 2, \"kept\": true, \"items\": [\"three\", 1], \"port\": null}")));
    }

    @Test
    void shouldFailTheDependantWhenAnOutputCannotBeFed() {
        // given
        Requests requests = new Requests().completed("a", "{}").completed("gone", stored("f".repeat(64)));

        // when
        DispatchResult result = dispatch(requests.request(
                attempt("p", "echo").feed("a", "port", "x"),
                attempt("q", "echo").input("[1]").feed("a", null, "x"),
                attempt("r", "echo").feed("nobody", null, "x"),
                attempt("s", "echo").feed("gone", null, "x")));

        // then
        assertThat(result.outcomes())
                .extracting(
                        outcome -> ((Outcome.Failed) outcome.result()).error().message())
                .containsExactly(
                        "Expected the output of a to have the port port, but it has not",
                        "Expected an object as input, so that a can feed its field x, but it is none",
                        "Expected an output of nobody for the input field x, but it has none",
                        "Expected to read the output of gone, but: Expected a stored value under " + "f".repeat(64)
                                + ", but there is none");
        assertThat(result.outcomes())
                .extracting(
                        outcome -> ((Outcome.Failed) outcome.result()).error().code())
                .containsOnly("routing_failed");
    }

    @Test
    void shouldCheckInputsAndOutputsAgainstTheirSchemas() {
        // given
        tasks.with(
                FakeTasks.typed("strict", "{\"required\": [\"text\"]}", "{\"type\": \"object\"}"),
                context -> TaskResult.of(context.input().get("text")));

        // when
        DispatchResult result = dispatch(new Requests()
                .request(
                        attempt("a", "strict"),
                        attempt("b", "strict").input("{\"text\": 1}"),
                        attempt("c", "strict").input("{\"text\": {}}").outputSchema("{\"required\": [\"x\"]}"),
                        attempt("d", "strict")
                                .input("{\"text\": {\"x\": 1}}")
                                .outputSchema("{\"required\": [\"x\"]}")));

        // then
        assertThat(failed(result, 0).error().code()).isEqualTo("invalid_input");
        assertThat(failed(result, 0).error().message())
                .startsWith("Expected the input of a to satisfy its schema, but ")
                .contains("text");
        assertThat(failed(result, 1).error().code()).isEqualTo("output_invalid");
        assertThat(failed(result, 2).error().code()).isEqualTo("output_invalid");
        assertThat(completed(result, 3).output()).isEqualTo(Value.of(json("{\"x\": 1}")));
    }

    @Test
    void shouldStoreAnOutputAboveTheAllowanceBeforeItIsReported() {
        // given
        tasks.with("large", context -> TaskResult.of(json("\"" + "x".repeat(400) + "\"")));

        // when
        DispatchResult result = dispatch(new Requests().request(100, attempt("a", "large")));

        // then
        assertThat(completed(result, 0).output()).isInstanceOfSatisfying(Value.Stored.class, stored -> {
            assertThat(stored.size()).isEqualTo(402);
            assertThat(blobs.getJson(stored.ref())).isEqualTo(json("\"" + "x".repeat(400) + "\""));
        });
    }

    @Test
    void shouldFailButPayForAnOutputThatCannotBeKept() {
        // given
        tasks.with(
                        "huge",
                        context -> new TaskResult(
                                com.fasterxml.jackson.databind.node.TextNode.valueOf("x".repeat(64 * 1024 * 1024)),
                                USAGE,
                                false,
                                List.of()))
                .with("nothing", context -> null);

        // when
        DispatchResult result = dispatch(new Requests().request(attempt("a", "huge"), attempt("b", "nothing")));

        // then
        assertThat(failed(result, 0).error().code()).isEqualTo("output_too_large");
        assertThat(failed(result, 0).retryable()).isFalse();
        assertThat(result.outcomes().get(0).usage()).isEqualTo(USAGE);
        assertThat(failed(result, 1).error().code()).isEqualTo("invalid_result");
    }

    @Test
    void shouldRefuseAnOutputThatNobodyCouldRead() {
        // given
        tasks.with("deep", context -> {
            var node = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < 1_100; i++) {
                node = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance
                        .arrayNode()
                        .add(node);
            }
            return TaskResult.of(node);
        });

        // when
        DispatchResult result = dispatch(new Requests().request(attempt("a", "deep")));

        // then
        assertThat(failed(result, 0).error().code()).isEqualTo("output_invalid");
        assertThat(failed(result, 0).retryable()).isFalse();
    }

    @Test
    void shouldCallAStoreThatIsDownTransient() {
        // given
        tasks.with("large", context -> new TaskResult(json("\"" + "x".repeat(400) + "\""), USAGE, false, List.of()));
        blobs.goDown();

        // when
        DispatchResult result = dispatch(new Requests().request(100, attempt("a", "large")));

        // then
        assertThat(failed(result, 0).error().code()).isEqualTo("execution_failed");
        assertThat(failed(result, 0).retryable()).isTrue();
        assertThat(result.outcomes().get(0).usage()).isEqualTo(USAGE);
    }

    @Test
    void shouldTellNothingOfWhatAnExecutorBrokeOn() {
        // given
        tasks.with("broken", context -> {
            throw new IllegalStateException("secret detail");
        });

        // when
        DispatchResult result = dispatch(new Requests().request(attempt("a", "broken"), attempt("b", "unknown")));

        // then
        assertThat(failed(result, 0).error().message())
                .isEqualTo("Expected the task a to return or to fail in a known way, but its executor broke; "
                        + "the worker's log tells more");
        assertThat(failed(result, 0).retryable()).isFalse();
        assertThat(failed(result, 1).error().message())
                .isEqualTo("Expected this worker to carry out tasks of type unknown, but it cannot");
    }

    @Test
    void shouldKeepWhatAFailureSays() {
        // given
        tasks.with("busy", context -> {
            throw TaskFailure.retryable(dev.ratchet.document.ErrorCode.EXECUTION_FAILED, "busy")
                    .after(500)
                    .costing(USAGE);
        });

        // when
        DispatchResult result = dispatch(new Requests().request(attempt("a", "busy")));

        // then
        assertThat(failed(result, 0))
                .isEqualTo(new Outcome.Failed(
                        dev.ratchet.run.TaskError.of(dev.ratchet.document.ErrorCode.EXECUTION_FAILED, "busy"),
                        true,
                        500L));
        assertThat(result.outcomes().get(0).usage()).isEqualTo(USAGE);
    }

    @Test
    void shouldAnswerConditionsOfOutEdgesThatNameTheRunAndItsInput() {
        // when
        DispatchResult result = dispatch(new Requests()
                .request(attempt("a", "echo")
                        .input("{\"word\": \"rain\"}")
                        .asks(new Question.Holds(json("\"output.word == input.topic\"")))
                        .asks(new Question.Holds(json("\"run.labels.team == 'sales'\"")))));

        // then
        assertThat(completed(result, 0).answers()).containsExactly(Answer.YES, Answer.NO);
    }

    @Test
    void shouldAnswerWhatTheOutEdgesAskAboutTheWholeOutput() {
        // given
        Question port = new Question.Port("score");
        Question absent = new Question.Port("other");
        Question holds = new Question.Holds(json("\"output.score >= 80\""));
        Question broken = new Question.Holds(json("\"output.missing > 1\""));

        // when
        DispatchResult result = dispatch(new Requests()
                .request(
                        10,
                        attempt("a", "echo")
                                .input("{\"score\": 80.5}")
                                .asks(port)
                                .asks(absent)
                                .asks(holds)
                                .asks(broken)));

        // then
        List<Answer> answers = completed(result, 0).answers();
        assertThat(answers.subList(0, 3)).containsExactly(Answer.YES, Answer.NO, Answer.YES);
        assertThat(answers.get(3).holds()).isNull();
        assertThat(answers.get(3).error()).startsWith("Expected").contains("missing");
    }

    @Test
    void shouldMaskASecretInWhateverAnAttemptHandsOut() {
        // given
        tasks.with("leaky", context -> {
                    String secret = context.secret("TOKEN");
                    var stored = context.store(
                            new ByteArrayInputStream(("<" + secret + ">").getBytes(StandardCharsets.UTF_8)),
                            "text/html");
                    return TaskResult.of(json("{\"field\": " + context.config().get("secret") + ", \"stored\": \""
                            + stored.get("ref").asText() + "\"}"));
                })
                .with("failing", context -> {
                    throw TaskFailure.permanent(
                            dev.ratchet.document.ErrorCode.EXECUTION_FAILED, "no: " + context.secret("TOKEN"));
                });

        // when
        DispatchResult result = dispatch(new Requests()
                .request(
                        attempt("a", "leaky").config("secret", "{\"auth\": \"Bearer ${secrets.TOKEN}\"}"),
                        attempt("b", "failing"),
                        attempt("c", "config").config("secret", "\"${secrets.ABSENT}\"")));

        // then
        var output = ((Value.Inline) completed(result, 0).output()).json();
        assertThat(output.get("field")).isEqualTo(json("{\"auth\": \"Bearer ***\"}"));
        assertThat(new dev.ratchet.task.blob.Values(blobs)
                        .load(new Value.Stored(output.get("stored").asText(), 5, "text/html", null)))
                .isEqualTo(json("\"<***>\""));
        assertThat(failed(result, 1).error().message()).isEqualTo("no: ***");
        assertThat(failed(result, 2).error().code()).isEqualTo("secret_not_found");
        assertThat(failed(result, 2).error().message())
                .startsWith(
                        "Expected a secret named ABSENT on the worker, but there is none; RATCHET_SECRET_ENV names");
    }

    @Test
    void shouldShowAnAttemptWhoItIs() {
        // given
        tasks.with(
                "who",
                context -> TaskResult.of(json("\"" + context.idempotencyKey() + " " + context.memory() + " "
                        + context.dependencies().get("up").get() + " " + context.evaluate("1 + 1") + "\"")));

        // when
        DispatchResult result = dispatch(new Requests()
                .completed("up", "42")
                .request(attempt("loop[0].a", "who").feed("up", null, "x")));

        // then
        assertThat(completed(result, 0).output()).isEqualTo(Value.of(json("\"acme/r1/loop[0].a [remember] 42 2\"")));
    }

    /** Whoever knows the key of the first request would answer the other one by what that came to. */
    @Test
    void shouldGiveAnotherRequestOfATaskAnotherIdempotencyKey() {
        tasks.with("who", context -> TaskResult.of(json("\"" + context.idempotencyKey() + "\"")));

        DispatchResult result =
                dispatch(new Requests().request(attempt("loop[0].a", "who").earlier(2)));

        assertThat(completed(result, 0).output()).isEqualTo(Value.of(json("\"acme/r1/loop[0].a~3\"")));
    }

    @Test
    void shouldGiveAPreparedAttemptItsPayloadAndNotAskForMore() {
        // given
        tasks.with("prepared", context -> TaskResult.of(context.prepared()));
        Value payload = blobs.putJson(json("{\"prompt\": \"hi\"}"));

        // when: its fields read a task that did not travel
        DispatchResult result = dispatch(new Requests()
                .request(attempt("a", "prepared")
                        .prepared(payload)
                        .config("prompt", "\"${tasks.up.output}\"")
                        .reads("up")));

        // then
        assertThat(completed(result, 0).output()).isEqualTo(Value.of(json("{\"prompt\": \"hi\"}")));
    }

    private DispatchResult dispatch(DispatchRequest request) {
        return new Dispatcher(Toolbox.of(tasks, blobs, secrets), new Draining()).dispatch(request, new FakeLifeline());
    }

    private static Value stored(String ref) {
        return new Value.Stored(ref, 1, "application/json", null);
    }

    private static Outcome.Completed completed(DispatchResult result, int index) {
        assertThat(result.outcomes().get(index).result()).isInstanceOf(Outcome.Completed.class);
        return (Outcome.Completed) result.outcomes().get(index).result();
    }

    private static Outcome.Failed failed(DispatchResult result, int index) {
        assertThat(result.outcomes().get(index).result()).isInstanceOf(Outcome.Failed.class);
        return (Outcome.Failed) result.outcomes().get(index).result();
    }
}
