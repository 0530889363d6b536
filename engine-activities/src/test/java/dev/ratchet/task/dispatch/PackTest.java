package dev.ratchet.task.dispatch;

import static dev.ratchet.task.dispatch.FakeTasks.json;
import static dev.ratchet.task.dispatch.Requests.attempt;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.document.ErrorCode;
import dev.ratchet.run.Outcome;
import dev.ratchet.run.TaskKey;
import dev.ratchet.run.Usage;
import dev.ratchet.task.blob.MemoryBlobs;
import dev.ratchet.task.secret.Secrets;
import dev.ratchet.task.spi.TaskFailure;
import dev.ratchet.task.spi.TaskResult;
import dev.ratchet.workflow.DispatchRequest;
import dev.ratchet.workflow.DispatchResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a dispatch does while its attempts run: beats, reports, stops. */
class PackTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Usage USAGE = new Usage(3, 4, null);

    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicBoolean interrupted = new AtomicBoolean();
    private final FakeLifeline run = new FakeLifeline();
    private final Draining draining = new Draining();
    private final FakeTasks tasks = new FakeTasks()
            .with("quick", context -> TaskResult.of(json("1")))
            .with("fail", context -> {
                throw TaskFailure.permanent(ErrorCode.EXECUTION_FAILED, "Expected more, but no");
            })
            .with("held", context -> {
                context.onCancel(closed::countDown);
                entered.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    interrupted.set(true);
                    throw TaskFailure.permanent(ErrorCode.EXECUTION_FAILED, "broke off")
                            .costing(USAGE);
                }
                return TaskResult.of(json("2"));
            })
            .with("broken", context -> {
                throw new IllegalStateException("in the middle");
            })
            .with("deaf", context -> {
                entered.countDown();
                boolean done = false;
                while (!done) {
                    try {
                        release.await();
                        done = true;
                    } catch (InterruptedException e) {
                        interrupted.set(true);
                    }
                }
                return TaskResult.of(json("3"));
            });

    @AfterEach
    void letGo() {
        release.countDown();
    }

    @Test
    void shouldBeatEverySecondWithWhatIsSettled() {
        // given
        CompletableFuture<DispatchResult> result = dispatch(attempt("a", "quick"), attempt("b", "held"));

        // when
        await().atMost(SOON).until(() -> run.beats.size() >= 2);
        release.countDown();

        // then
        assertThat(result.join().outcomes()).hasSize(2);
        assertThat(run.beats.get(1).outcomes()).extracting(Outcome::key).containsExactly(TaskKey.root("a"));
    }

    @Test
    void shouldNeitherBeatNorReportWhenAllEndsAtOnce() {
        DispatchResult result =
                dispatch(attempt("a", "quick"), attempt("b", "fail")).join();

        assertThat(result.outcomes()).hasSize(2);
        assertThat(run.beats).isEmpty();
    }

    @Test
    void shouldReportAFailureWhileANeighbourRuns() {
        // given
        CompletableFuture<DispatchResult> result = dispatch(attempt("a", "held"), attempt("b", "fail"));

        // when
        await().atMost(SOON).until(() -> !run.reports.isEmpty());

        // then
        assertThat(run.reports.get(0)).extracting(Outcome::key).containsExactly(TaskKey.root("b"));
        release.countDown();
        assertThat(result.join().outcomes()).hasSize(2);
    }

    @Test
    void shouldReportASettledNeighbourAfterASecond() {
        // given
        long start = System.nanoTime();
        CompletableFuture<DispatchResult> result = dispatch(attempt("a", "quick"), attempt("b", "held"));

        // when
        await().atMost(SOON).until(() -> !run.reports.isEmpty());

        // then
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SECONDS.toNanos(1));
        assertThat(run.reports.get(0)).extracting(Outcome::key).containsExactly(TaskKey.root("a"));
        release.countDown();
        assertThat(result.join().outcomes()).hasSize(2);
    }

    @Test
    void shouldStopAndCloseWhatTheRunCancelled() {
        // given
        CompletableFuture<DispatchResult> result = dispatch(attempt("a", "held"), attempt("b", "quick"));

        // when
        run.cancel();

        // then
        DispatchResult end = result.orTimeout(10, SECONDS).join();
        assertThat(end.outcomes().get(0).result()).isEqualTo(new Outcome.Cancelled());
        assertThat(end.outcomes().get(0).usage()).isEqualTo(USAGE);
        assertThat(end.outcomes().get(1).result()).isInstanceOf(Outcome.Completed.class);
        assertThat(interrupted).isTrue();
        await().atMost(SOON).until(() -> closed.getCount() == 0);
    }

    @Test
    void shouldNotWaitLongForAnExecutorThatDoesNotStop() {
        // given
        CompletableFuture<DispatchResult> result = dispatch(attempt("a", "deaf"));

        // when
        run.cancel();

        // then
        DispatchResult end = result.orTimeout(8, SECONDS).join();
        assertThat(end.outcomes().get(0).result()).isEqualTo(new Outcome.Cancelled());
        assertThat(end.outcomes().get(0).usage()).isNull();
        assertThat(interrupted).isTrue();
    }

    @Test
    void shouldEndAnAttemptAtItsTimeout() {
        DispatchResult end = dispatch(attempt("a", "held").timeoutMs(50), attempt("b", "quick"))
                .orTimeout(8, SECONDS)
                .join();

        assertThat(end.outcomes().get(0).result()).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.error().code()).isEqualTo("timeout");
            assertThat(failed.error().message()).isEqualTo("Expected a to end within 50 ms, but it did not");
            assertThat(failed.retryable()).isTrue();
        });
        assertThat(end.outcomes().get(0).usage()).isEqualTo(USAGE);
    }

    @Test
    void shouldHandBackADispatchThatBeginsWhileTheWorkerShutsDown() {
        // given
        draining.begin();

        // when
        DispatchResult end =
                dispatch(attempt("b", "held"), attempt("a", "quick")).join();

        // then
        assertThat(end.outcomes()).isEmpty();
        assertThat(end.handedBack()).containsExactly(TaskKey.root("a"), TaskKey.root("b"));
    }

    @Test
    void shouldFinishWhatRunsWhenTheWorkerBeginsToShutDown() throws InterruptedException {
        // given
        CompletableFuture<DispatchResult> result = dispatch(attempt("a", "held"));
        entered.await();

        // when
        draining.begin();
        release.countDown();

        // then
        assertThat(result.join().outcomes().get(0).result()).isInstanceOf(Outcome.Completed.class);
    }

    @Test
    void shouldSayWhatItStoppedInTheMiddleAtTheEndOfTheGrace() throws InterruptedException {
        // given
        CompletableFuture<DispatchResult> result = dispatch(attempt("a", "held"), attempt("b", "fail"));
        entered.await();
        await().atMost(SOON).until(() -> !run.reports.isEmpty());

        // when
        draining.interrupt();

        // then
        DispatchResult end = result.orTimeout(8, SECONDS).join();
        assertThat(end.handedBack()).isEmpty();
        assertThat(end.outcomes()).extracting(Outcome::key).containsExactly(TaskKey.root("a"), TaskKey.root("b"));
        Outcome stopped = end.outcomes().get(0);
        assertThat(stopped.result()).isInstanceOf(Outcome.Interrupted.class);
        assertThat(stopped.usage()).isEqualTo(USAGE);
        assertThat(stopped.unknown()).isFalse();
    }

    @Test
    void shouldSayThatNobodyKnowsWhatAnAttemptCostThatDidNotStop() {
        DispatchResult end = dispatch(attempt("a", "deaf").timeoutMs(50))
                .orTimeout(10, SECONDS)
                .join();

        assertThat(end.outcomes()).singleElement().satisfies(outcome -> {
            assertThat(outcome.result()).isInstanceOf(Outcome.Failed.class);
            assertThat(outcome.unknown()).isTrue();
            assertThat(outcome.usage()).isNull();
        });
    }

    @Test
    void shouldSayThatNobodyKnowsWhatABrokenExecutorCost() {
        DispatchResult end = dispatch(attempt("a", "broken")).join();

        assertThat(end.outcomes().get(0).result()).isInstanceOf(Outcome.Failed.class);
        assertThat(end.outcomes().get(0).unknown()).isTrue();
    }

    @Test
    void shouldKnowThatAnOrdinaryFailureCostNothing() {
        assertThat(dispatch(attempt("a", "fail")).join().outcomes().get(0).unknown())
                .isFalse();
    }

    private CompletableFuture<DispatchResult> dispatch(Requests.AttemptBuilder... attempts) {
        DispatchRequest request = new Requests().request(attempts);
        Dispatcher dispatcher = new Dispatcher(Toolbox.of(tasks, new MemoryBlobs(), Secrets.NONE), draining);
        CompletableFuture<DispatchResult> result = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> result.complete(dispatcher.dispatch(request, run)));
        return result;
    }
}
