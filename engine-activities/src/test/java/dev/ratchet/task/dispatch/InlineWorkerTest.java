package dev.ratchet.task.dispatch;

import static dev.ratchet.task.dispatch.FakeTasks.json;
import static dev.ratchet.task.dispatch.Requests.attempt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.document.ErrorCode;
import dev.ratchet.run.Answer;
import dev.ratchet.run.Estimate;
import dev.ratchet.run.InlineAnswer;
import dev.ratchet.run.InlineJob;
import dev.ratchet.run.Outcome;
import dev.ratchet.run.TaskError;
import dev.ratchet.run.TaskKey;
import dev.ratchet.run.TaskRecord;
import dev.ratchet.run.TaskStatus;
import dev.ratchet.run.Value;
import dev.ratchet.run.WaitingFor;
import dev.ratchet.task.blob.MemoryBlobs;
import dev.ratchet.task.secret.Secrets;
import dev.ratchet.task.spi.Preparation;
import dev.ratchet.task.spi.TaskFailure;
import dev.ratchet.task.spi.TaskResult;
import dev.ratchet.workflow.InlineRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InlineWorkerTest {
    private static final Estimate ESTIMATE = new Estimate(10, 20, null);

    private final MemoryBlobs blobs = new MemoryBlobs();
    private final FakeTasks tasks = new FakeTasks();
    private final InlineWorker worker = new InlineWorker(Toolbox.of(tasks, blobs, Secrets.NONE));

    @Test
    void shouldDecideLateConditionsAndTheTasksOwn() {
        // given
        Requests requests = new Requests()
                .completed("up", "{\"score\": 80.5}")
                .completed("other", "{\"limit\": 80}")
                .failed("down", "timeout");

        // when
        InlineAnswer.Decided decided = decide(
                requests,
                "\"args.n == 2 && input.topic == 'rain' && run.id == 'r1'\"",
                "{\"n\": \"${tasks.other.output.limit - 78}\"}",
                "{\"from\": \"up\", \"condition\": \"output.score > double(tasks.other.output.limit)\"}",
                "{\"from\": \"up\", \"condition\": \"tasks.down.state != 'failed'\"}",
                "{\"from\": \"down\", \"condition\": \"true\"}",
                "{\"from\": \"up\", \"condition\": \"output.absent\"}");

        // then
        assertThat(decided.late().subList(0, 3)).containsExactly(Answer.YES, Answer.NO, Answer.NO);
        assertThat(decided.late().get(3).error()).startsWith("Expected").contains("absent");
        assertThat(decided.when()).isEqualTo(Answer.YES);
        assertThat(decided.decisions()).last().satisfies(own -> {
            assertThat(own.took()).isEqualTo("run");
            assertThat(own.expression()).contains("args.n == 2");
        });
    }

    @Test
    void shouldDecideInTheScopeOfTheTask() {
        // given
        Requests requests = new Requests().completed("up", "1").completed("loop[0].up", "2");

        // when
        InlineAnswer answer = answer(
                requests,
                new InlineJob.Decide(TaskKey.parse("loop[0].a"), List.of(), json("\"tasks.up.output == 2\""), null));

        // then
        assertThat(((InlineAnswer.Decided) answer).when()).isEqualTo(Answer.YES);
    }

    @Test
    void shouldFailAConditionOverAValueThatCannotBeRead() {
        // given
        Value gone = new Value.Stored("f".repeat(64), 10, "application/json", null);
        Value large = new Value.Stored("f".repeat(64), 5L * 1024 * 1024, "application/json", null);

        // when
        InlineAnswer.Decided decided = decide(
                new Requests().completed("gone", gone).completed("large", large),
                "\"tasks.large.output == 1\"",
                null,
                "{\"from\": \"gone\", \"condition\": \"output == 1\"}");

        // then
        assertThat(decided.late().get(0).error()).contains("there is none");
        assertThat(decided.when())
                .isNotNull()
                .satisfies(
                        own -> assertThat(own.error()).isEqualTo("Expected at most 4194304 bytes, but there are more"));
    }

    @Test
    void shouldPrepareAnAttemptAndLetASmallPayloadTravel() {
        // given
        tasks.preparing(
                "prompt",
                context -> new Preparation.Ready(ESTIMATE, context.config().get("prompt")));

        // when
        InlineAnswer answer = answer(
                new Requests(),
                new InlineJob.Prepare(attempt("a", "prompt")
                        .config("prompt", "\"about ${input.topic}\"")
                        .build()));

        // then
        assertThat(answer)
                .isEqualTo(new InlineAnswer.Prepared(TaskKey.root("a"), ESTIMATE, Value.of(json("\"about rain\""))));
    }

    @Test
    void shouldStoreAPayloadAboveFourKilobytes() {
        // given
        tasks.preparing("prompt", context -> new Preparation.Ready(ESTIMATE, json("\"" + "x".repeat(5_000) + "\"")));

        // when
        InlineAnswer answer = answer(
                new Requests(), new InlineJob.Prepare(attempt("a", "prompt").build()));

        // then
        assertThat(answer)
                .isInstanceOfSatisfying(
                        InlineAnswer.Prepared.class,
                        prepared -> assertThat(prepared.payload())
                                .isInstanceOfSatisfying(
                                        Value.Stored.class,
                                        stored -> assertThat(stored.size()).isEqualTo(5_002)));
    }

    @Test
    void shouldParkOrRejectAsTheExecutorSays() {
        // given
        tasks.preparing("wait", context -> new Preparation.Park(WaitingFor.TIMER, 500L, null))
                .preparing("picky", context -> {
                    throw TaskFailure.permanent(ErrorCode.CONTEXT_COMPACT_FAILED, "too much");
                });

        // then
        assertThat(answer(
                        new Requests(),
                        new InlineJob.Prepare(attempt("a", "wait").build())))
                .isEqualTo(new InlineAnswer.Parked(TaskKey.root("a"), WaitingFor.TIMER, 500L, null));
        assertThat(answer(
                        new Requests(),
                        new InlineJob.Prepare(attempt("a", "picky").build())))
                .isEqualTo(new InlineAnswer.Rejected(
                        TaskKey.root("a"), TaskError.of(ErrorCode.CONTEXT_COMPACT_FAILED, "too much")));
        assertThat(answer(
                        new Requests(),
                        new InlineJob.Prepare(attempt("a", "unknown").build())))
                .isInstanceOf(InlineAnswer.Rejected.class);
    }

    @Test
    void shouldExecuteInlineTasksLikeAnyOther() {
        // given
        tasks.with(
                "transform",
                context -> TaskResult.of(
                        context.evaluate(context.config().get("cel").asText())));

        // when
        InlineAnswer answer = answer(
                new Requests().completed("up", "20"),
                new InlineJob.Execute(attempt("a", "transform")
                        .config("cel", "\"tasks.up.output + args.n\"")
                        .input("{\"n\": 22}")
                        .reads("up")
                        .build()));

        // then
        assertThat(outcome(answer))
                .isInstanceOfSatisfying(
                        Outcome.Completed.class,
                        completed -> assertThat(((Value.Inline) completed.output())
                                        .json()
                                        .longValue())
                                .isEqualTo(42));
    }

    @Test
    void shouldNotBeHeldUpByAnInlineTaskThatNeverEnds() {
        // given
        tasks.with("endless", context -> {
            new CountDownLatch(1).await();
            return TaskResult.of(json("1"));
        });

        // when
        InlineAnswer answer = answer(
                new Requests(),
                new InlineJob.Execute(attempt("a", "endless").timeoutMs(50).build()));

        // then
        assertThat(outcome(answer))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.error().code()).isEqualTo("timeout"));
    }

    @Test
    void shouldSealAPageAsOneBlob() {
        // given
        TaskRecord record = new TaskRecord(
                TaskKey.root("a"),
                TaskStatus.COMPLETED,
                7,
                1,
                null,
                null,
                1,
                1L,
                2L,
                Value.of(json("1")),
                null,
                null,
                List.of(),
                null,
                null,
                List.of(),
                List.of(),
                null,
                null,
                null,
                null);

        // when
        String ref = worker.seal(List.of(record));

        // then
        assertThat(blobs.getJson(ref).get(0).get("key").asText()).isEqualTo("a");
        assertThat(blobs.getJson(ref).get(0).get("output")).isEqualTo(json("{\"json\": 1}"));
    }

    @Test
    void shouldStoreAResultThatIsMoreThanAWorkflowTaskHasRoomFor() {
        // given
        List<InlineJob> jobs = new java.util.ArrayList<>();
        tasks.with("long", context -> dev.ratchet.task.spi.TaskResult.of(json("\"" + "x".repeat(15_000) + "\"")));
        for (int i = 0; i < 10; i++) {
            jobs.add(new InlineJob.Execute(Requests.attempt("t" + i, "long").build()));
        }

        // when
        dev.ratchet.workflow.InlineResult result =
                worker.inline(new InlineRequest(Requests.RUN, jobs, Map.of(), 16 * 1024, 4 * 1024, List.of()));

        // then
        assertThat(dev.ratchet.document.Weight.of(result)).isLessThan(1_000);
        assertThat(blobs.getJson(java.util.Objects.requireNonNull(result.stored()))
                        .path("answers"))
                .hasSize(10);
    }

    @Test
    void shouldSayWhatAResultWeighs() {
        InlineJob job = new InlineJob.Execute(Requests.attempt("a", "noop").build());

        dev.ratchet.workflow.InlineResult result =
                worker.inline(new InlineRequest(Requests.RUN, List.of(job), Map.of(), 16 * 1024, 4 * 1024, List.of()));

        assertThat(result.stored()).isNull();
        assertThat(result.bytes()).isBetween(50L, 1_000L);
    }

    private InlineAnswer.Decided decide(Requests requests, String when, @Nullable String input, String... late) {
        List<com.fasterxml.jackson.databind.JsonNode> entries =
                java.util.Arrays.stream(late).map(FakeTasks::json).toList();
        return (InlineAnswer.Decided) answer(
                requests,
                new InlineJob.Decide(TaskKey.root("a"), entries, json(when), input == null ? null : json(input)));
    }

    private InlineAnswer answer(Requests requests, InlineJob job) {
        Map<String, dev.ratchet.run.Source> sources = requests.sources();
        return worker.inline(new InlineRequest(Requests.RUN, List.of(job), sources, 16 * 1024, 4 * 1024, List.of()))
                .answers()
                .get(0);
    }

    private static Outcome.Result outcome(InlineAnswer answer) {
        return ((InlineAnswer.Executed) answer).outcome().result();
    }
}
