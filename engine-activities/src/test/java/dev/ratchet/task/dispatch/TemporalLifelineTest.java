package dev.ratchet.task.dispatch;

import static dev.ratchet.task.dispatch.FakeTasks.json;
import static dev.ratchet.task.dispatch.Requests.attempt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.run.Outcome;
import dev.ratchet.run.TaskKey;
import dev.ratchet.task.blob.MemoryBlobs;
import dev.ratchet.task.secret.Secrets;
import dev.ratchet.task.spi.TaskResult;
import dev.ratchet.task.worker.EngineDataConverter;
import dev.ratchet.workflow.DispatchActivity;
import dev.ratchet.workflow.DispatchRequest;
import dev.ratchet.workflow.DispatchResult;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Heartbeats and cancellation as the SDK carries them. */
class TemporalLifelineTest {
    private final TestActivityEnvironment environment =
            TestActivityEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setDataConverter(EngineDataConverter.create())
                            .build())
                    .build());
    private final CountDownLatch release = new CountDownLatch(1);
    private final List<DispatchResult> beats = new CopyOnWriteArrayList<>();
    private final FakeTasks tasks = new FakeTasks()
            .with("quick", context -> TaskResult.of(json("1")))
            .with("held", context -> {
                release.await();
                return TaskResult.of(json("2"));
            });

    @AfterEach
    void close() {
        release.countDown();
        environment.close();
    }

    @Test
    void shouldTellWhatIsSettledAndLiveWithoutARunToReportTo() {
        // given
        CompletableFuture<DispatchResult> result = dispatch();

        // when: the report that is due after a second reaches nobody
        await().atMost(Duration.ofSeconds(20)).until(() -> beats.size() >= 3);
        release.countDown();

        // then
        assertThat(beats.get(0).outcomes()).extracting(Outcome::key).containsExactly(TaskKey.root("a"));
        assertThat(result.join().outcomes()).hasSize(2);
    }

    @Test
    void shouldStopWhenTheActivityIsCancelled() {
        // given
        CompletableFuture<DispatchResult> result = dispatch();
        await().atMost(Duration.ofSeconds(20)).until(() -> !beats.isEmpty());

        // when
        environment.requestCancelActivity();

        // then
        assertThat(result.join().outcomes()).extracting(Outcome::result).last().isEqualTo(new Outcome.Cancelled());
    }

    private CompletableFuture<DispatchResult> dispatch() {
        environment.registerActivitiesImplementations(
                new Dispatcher(Toolbox.of(tasks, new MemoryBlobs(), Secrets.NONE), new Draining()));
        environment.setActivityHeartbeatListener(DispatchResult.class, beats::add);
        DispatchActivity stub = environment.newActivityStub(
                DispatchActivity.class,
                ActivityOptions.newBuilder()
                        .setStartToCloseTimeout(Duration.ofMinutes(1))
                        .setHeartbeatTimeout(Duration.ofSeconds(1))
                        .build());
        DispatchRequest request = new Requests().request(attempt("a", "quick"), attempt("b", "held"));
        return CompletableFuture.supplyAsync(() -> stub.dispatch(request));
    }
}
