package dev.ratchet.task.dispatch;

import static dev.ratchet.task.dispatch.FakeTasks.json;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.document.ErrorCode;
import dev.ratchet.plan.Edge;
import dev.ratchet.plan.Node;
import dev.ratchet.plan.Plan;
import dev.ratchet.plan.PlanPolicy;
import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.plan.Policies.TriggerRule;
import dev.ratchet.plan.RetryPolicy;
import dev.ratchet.plan.Scope;
import dev.ratchet.plan.TaskSpec;
import dev.ratchet.run.Outcome;
import dev.ratchet.run.RunInput;
import dev.ratchet.run.TaskKey;
import dev.ratchet.run.Value;
import dev.ratchet.task.blob.MemoryBlobs;
import dev.ratchet.task.secret.Secrets;
import dev.ratchet.task.spi.TaskContext;
import dev.ratchet.task.spi.TaskFailure;
import dev.ratchet.task.spi.TaskResult;
import dev.ratchet.workflow.DispatchRequest;
import dev.ratchet.workflow.DispatchResult;
import dev.ratchet.workflow.GroupPiece;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupPackTest {
    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch entered = new CountDownLatch(1);
    private final FakeLifeline run = new FakeLifeline();
    private final Draining draining = new Draining();
    private final FakeTasks tasks = new FakeTasks()
            .with("add", GroupPackTest::sum)
            .with("inline", GroupPackTest::sum)
            .with("fail", context -> {
                throw TaskFailure.retryable(ErrorCode.EXECUTION_FAILED, "Expected more, but no");
            })
            .with("held", context -> {
                entered.countDown();
                release.await();
                return TaskResult.of(json("1"));
            });

    @AfterEach
    void letGo() {
        release.countDown();
    }

    @Test
    void shouldCarryAPieceOfThePlanInGraphOrder() {
        // when
        DispatchResult result = fold(
                node("a", "add"),
                node("b", "inline", "a"),
                node("c", "add", "a"),
                conditional(node("d", "add", "b", "c"), "tasks.b.output == 2 && tasks.c.output == 2"));

        // then
        assertThat(outputs(result)).containsExactlyInAnyOrderEntriesOf(Map.of("a", "1", "b", "2", "c", "2", "d", "5"));
        assertThat(result.steps()).extracting(RunInput::at).isSorted();
    }

    @Test
    void shouldStartNoMoreAtOnceThanItHasSlots() {
        // when: one of the two must wait for the other
        CompletableFuture<DispatchResult> result = start(1, node("a", "held"), node("b", "held"));
        await().until(() -> entered.getCount() == 0);
        release.countDown();

        // then
        assertThat(result.join().steps()).hasSize(2);
    }

    @Test
    void shouldEndWhereOnlyADelayCanHelp() {
        // given
        RetryPolicy later = new RetryPolicy(2, 60_000, java.math.BigDecimal.ONE, 60_000, List.of());

        // when
        DispatchResult result = fold(retried(node("a", "fail"), later), node("b", "add", "a"));

        // then
        assertThat(outcomes(result)).containsOnlyKeys("a");
        assertThat(outcomes(result).get("a").result()).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void shouldStopTheOthersWhenOneFailsAndTheRunFailsFast() {
        // when
        DispatchResult result = start(4, node("a", "held"), node("b", "fail"), node("c", "add", "b"))
                .orTimeout(8, SECONDS)
                .join();

        // then
        assertThat(outcomes(result)).containsOnlyKeys("a", "b");
        assertThat(outcomes(result).get("a").result()).isEqualTo(new Outcome.Cancelled());
    }

    @Test
    void shouldTellItsStepsWithItsHeartbeats() {
        // given
        CompletableFuture<DispatchResult> result = start(4, node("a", "add"), node("b", "held", "a"));

        // when
        await().until(() -> !run.beats.isEmpty());

        // then
        assertThat(run.beats.get(0).steps()).hasSize(1);
        assertThat(run.beats.get(0).outcomes()).isEmpty();
        release.countDown();
        assertThat(result.join().steps()).hasSize(2);
    }

    @Test
    void shouldStopWhenTheRunWantsNoMoreOfIt() {
        // given
        CompletableFuture<DispatchResult> result = start(4, node("a", "held"), node("b", "add", "a"));

        // when
        run.cancel();

        // then
        assertThat(outcomes(result.orTimeout(8, SECONDS).join())).containsOnlyKeys("a");
    }

    @Test
    void shouldHandBackWhatWouldBeginWhileTheWorkerShutsDown() throws InterruptedException {
        // given
        CompletableFuture<DispatchResult> result = start(4, node("a", "held"), node("b", "add", "a"));
        entered.await();

        // when
        draining.begin();
        release.countDown();

        // then
        DispatchResult end = result.join();
        assertThat(outcomes(end)).containsOnlyKeys("a");
        assertThat(end.handedBack()).containsExactly(TaskKey.root("b"));
    }

    @Test
    void shouldHandBackWhatIsInterrupted() throws InterruptedException {
        // given
        CompletableFuture<DispatchResult> result = start(4, node("a", "held"), node("b", "add", "a"));
        entered.await();

        // when
        draining.interrupt();

        // then
        DispatchResult end = result.orTimeout(8, SECONDS).join();
        assertThat(outcomes(end)).containsOnlyKeys("a");
        assertThat(outcomes(end).get("a").result()).isInstanceOf(Outcome.Interrupted.class);
        assertThat(end.handedBack()).containsExactly(TaskKey.root("a"));
    }

    /** One more than the outputs of all dependencies together. */
    private static TaskResult sum(TaskContext context) {
        int sum = 1;
        for (var value : context.input()) {
            sum += value.asInt();
        }
        return TaskResult.of(json(String.valueOf(sum)));
    }

    private DispatchResult fold(Node... nodes) {
        return start(4, nodes).orTimeout(10, SECONDS).join();
    }

    private CompletableFuture<DispatchResult> start(int slots, Node... nodes) {
        GroupPiece piece =
                new GroupPiece("g", new Plan(PlanPolicy.DEFAULT, new Scope(List.of(nodes))), List.of(), slots);
        DispatchRequest request = new DispatchRequest(1, Requests.RUN, List.of(), Map.of(), 1_024, piece);
        Dispatcher dispatcher = new Dispatcher(Toolbox.of(tasks, new MemoryBlobs(), Secrets.NONE), draining);
        CompletableFuture<DispatchResult> result = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                result.complete(dispatcher.dispatch(request, run));
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    private static Map<String, Outcome> outcomes(DispatchResult result) {
        Map<String, Outcome> outcomes = new TreeMap<>();
        for (RunInput step : result.steps()) {
            switch (step) {
                case RunInput.Reported reported ->
                    reported.outcomes().forEach(each -> outcomes.put(each.key().id(), each));
                case RunInput.Answered answered ->
                    answered.answers().forEach(each -> {
                        if (each instanceof dev.ratchet.run.InlineAnswer.Executed(Outcome outcome)) {
                            outcomes.put(outcome.key().id(), outcome);
                        }
                    });
                default -> throw new AssertionError("unexpected step " + step);
            }
        }
        return outcomes;
    }

    private static Map<String, String> outputs(DispatchResult result) {
        Map<String, String> outputs = new TreeMap<>();
        outcomes(result).forEach((id, outcome) -> {
            Value output = ((Outcome.Completed) outcome.result()).output();
            outputs.put(id, ((Value.Inline) output).json().toString());
        });
        return outputs;
    }

    private static Node node(String id, String type, String... deps) {
        ExecutionMode mode = type.equals("inline") ? ExecutionMode.INLINE : ExecutionMode.DISPATCHED;
        TaskSpec task = new TaskSpec(id, type, null, null, null, List.of(), null, List.of(), List.of(), 60_000);
        List<Edge> edges = Arrays.stream(deps)
                .map(dep -> new Edge(dep, null, dep, -1, -1, -1))
                .toList();
        return new Node(
                task,
                mode,
                true,
                edges,
                List.of(),
                null,
                List.of(),
                TriggerRule.NONE_FAILED,
                RetryPolicy.ONCE,
                false,
                "g",
                null,
                null,
                0,
                null);
    }

    private static Node conditional(Node node, String when) {
        return new Node(
                node.task(),
                node.mode(),
                true,
                node.edges(),
                List.of(),
                json("\"" + when + "\""),
                List.of("b", "c"),
                node.rule(),
                node.retry(),
                false,
                "g",
                null,
                null,
                0,
                null);
    }

    private static Node retried(Node node, RetryPolicy retry) {
        return new Node(
                node.task(),
                node.mode(),
                true,
                node.edges(),
                List.of(),
                null,
                List.of(),
                node.rule(),
                retry,
                false,
                "g",
                null,
                null,
                0,
                null);
    }
}
