package dev.ratchet.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Json;
import dev.ratchet.document.Weight;
import dev.ratchet.plan.Edge;
import dev.ratchet.plan.Node;
import dev.ratchet.plan.Plan;
import dev.ratchet.plan.PlanPolicy;
import dev.ratchet.plan.Policies;
import dev.ratchet.plan.RetryPolicy;
import dev.ratchet.plan.Scope;
import dev.ratchet.plan.TaskSpec;
import dev.ratchet.run.Command;
import dev.ratchet.run.EngineVersions;
import dev.ratchet.run.Request;
import dev.ratchet.run.RunContext;
import dev.ratchet.run.RunStatus;
import dev.ratchet.run.TaskKey;
import dev.ratchet.run.TaskRecord;
import dev.ratchet.run.TaskStatus;
import dev.ratchet.run.Value;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.JacksonJsonPayloadConverter;
import io.temporal.failure.CanceledFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The shell on the time-skipping server: what hours do to a run passes in moments. */
class RunWorkflowTest {
    private static final String QUEUE = "test";

    private final TestWorkflowEnvironment environment =
            TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setDataConverter(DefaultDataConverter.newDefaultInstance()
                                    .withPayloadConverterOverrides(new JacksonJsonPayloadConverter(Json.mapper())))
                            .build())
                    .registerSearchAttribute("RatchetState", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                    .registerSearchAttribute("RatchetFailedTask", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                    .build());

    private FakeWorker worker = new FakeWorker(attempt -> FakeWorker.completed());

    @AfterEach
    void close() {
        environment.close();
    }

    @Test
    void shouldCompleteAChain() {
        Snapshot end = run(PlanPolicy.DEFAULT, task("a"), task("b", "a"), task("c", "b"));

        assertThat(end.run().state()).isEqualTo(RunStatus.COMPLETED);
        assertThat(states(end))
                .containsOnly(
                        Map.entry("a", TaskStatus.COMPLETED),
                        Map.entry("b", TaskStatus.COMPLETED),
                        Map.entry("c", TaskStatus.COMPLETED));
        assertThat(worker.performed).containsExactly("a#1", "b#1", "c#1");
    }

    @Test
    void shouldCompleteAChainOfInlineTasks() {
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            nodes.add(node(
                    "t%03d".formatted(i),
                    Policies.ExecutionMode.INLINE,
                    i == 0 ? List.of() : List.of("t%03d".formatted(i - 1)),
                    RetryPolicy.ONCE));
        }

        Snapshot end = run(PlanPolicy.DEFAULT, nodes.toArray(Node[]::new));

        assertThat(end.run().state()).isEqualTo(RunStatus.COMPLETED);
        assertThat(worker.performed).filteredOn(each -> !each.equals("turn")).hasSize(300);
    }

    @Test
    void shouldLetOthersHaveATurnInALongChainOfInlineTasks() {
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < 1_100; i++) {
            List<String> deps = i == 0 ? List.of() : List.of("t%04d".formatted(i - 1));
            nodes.add(node("t%04d".formatted(i), Policies.ExecutionMode.INLINE, deps, RetryPolicy.ONCE));
        }

        Snapshot end = run(PlanPolicy.DEFAULT, nodes.toArray(Node[]::new));

        assertThat(end.run().state()).isEqualTo(RunStatus.COMPLETED);
        assertThat(worker.performed).contains("turn");
    }

    @Test
    void shouldFailTheRunWithTheErrorOfItsFirstFailedTask() {
        worker = new FakeWorker(attempt -> attempt.key().id().equals("b")
                ? FakeWorker.failed(ErrorCode.EXECUTION_FAILED)
                : FakeWorker.completed());

        Snapshot end = run(PlanPolicy.DEFAULT, task("a"), task("b", "a"), task("c", "b"));

        assertThat(end.run().state()).isEqualTo(RunStatus.FAILED);
        assertThat(end.run().errorTask()).hasToString("b");
        assertThat(states(end)).containsEntry("c", TaskStatus.SKIPPED);
    }

    @Test
    void shouldRepeatAFailedAttemptAfterItsDelay() {
        worker = new FakeWorker(attempt ->
                attempt.attempt() < 3 ? FakeWorker.failed(ErrorCode.EXECUTION_FAILED) : FakeWorker.completed());
        RetryPolicy hourly = new RetryPolicy(3, 3_600_000, java.math.BigDecimal.ONE, 3_600_000, List.of());

        Snapshot end = run(PlanPolicy.DEFAULT, node("a", Policies.ExecutionMode.DISPATCHED, List.of(), hourly));

        assertThat(end.run().state()).isEqualTo(RunStatus.COMPLETED);
        assertThat(worker.performed).containsExactly("a#1", "a#2", "a#3");
        assertThat(end.tasks().getFirst().attempts()).isEqualTo(3);
        assertThat(end.run().endedAt() - end.run().startedAt()).isGreaterThanOrEqualTo(7_200_000);
    }

    @Test
    void shouldWaitForADurableTimer() {
        Snapshot end = run(PlanPolicy.DEFAULT, task("a"), waiting("w", 86_400_000, "a"), task("b", "w"));

        assertThat(end.run().state()).isEqualTo(RunStatus.COMPLETED);
        assertThat(end.run().endedAt() - end.run().startedAt()).isGreaterThanOrEqualTo(86_400_000);
    }

    @Test
    void shouldEndAtTheRunsTimeout() {
        PlanPolicy policy = policy(1_000L);

        Snapshot end = run(policy, waiting("w", 86_400_000), task("b", "w"));

        assertThat(end.run().state()).isEqualTo(RunStatus.FAILED);
        assertThat(end.run().error().code()).isEqualTo("timeout");
        assertThat(states(end)).containsEntry("w", TaskStatus.CANCELLED).containsEntry("b", TaskStatus.SKIPPED);
    }

    @Test
    void shouldEndAbortedWhenAskedTo() {
        WorkflowStub stub = start(PlanPolicy.DEFAULT, waiting("w", 86_400_000), task("b", "w"));

        stub.signal("command", new Command("c1", null, null, new Request.Abort()));

        assertThat(stub.getResult(Snapshot.class).run().state()).isEqualTo(RunStatus.ABORTED);
    }

    @Test
    void shouldEndAbortedWhenTemporalCancelsIt() {
        WorkflowStub stub = start(PlanPolicy.DEFAULT, waiting("w", 86_400_000), task("b", "w"));

        stub.cancel();

        assertThatThrownBy(() -> stub.getResult(Snapshot.class)).hasCauseInstanceOf(CanceledFailure.class);
        assertThat(stub.query("snapshot", Snapshot.class, new SnapshotRequest(0, true))
                        .run()
                        .state())
                .isEqualTo(RunStatus.ABORTED);
    }

    @Test
    void shouldSealSettledTasksOfAWideRun() {
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < 2_500; i++) {
            nodes.add(task("t%04d".formatted(i)));
        }

        Snapshot end = run(PlanPolicy.DEFAULT, nodes.toArray(Node[]::new));

        assertThat(end.run().state()).isEqualTo(RunStatus.COMPLETED);
        assertThat(worker.pages).hasSize(2);
        assertThat(end.pages()).hasSize(2);
        assertThat(end.tasks()).hasSize(500);
    }

    @Test
    void shouldAnswerInPartsThatTogetherAreTheWhole() {
        worker = new FakeWorker(attempt -> FakeWorker.completed("x".repeat(2_000)));
        List<Node> nodes = new ArrayList<>();
        nodes.add(waiting("w", 86_400_000));
        for (int i = 0; i < 900; i++) {
            nodes.add(task("t%04d".formatted(i)));
        }
        WorkflowStub stub = start(
                new PlanPolicy(
                        500,
                        null,
                        null,
                        null,
                        PlanPolicy.DEFAULT.onBudget(),
                        PlanPolicy.DEFAULT.onFailure(),
                        PlanPolicy.DEFAULT.onConditionError(),
                        PlanPolicy.DEFAULT.scheduling(),
                        0,
                        null),
                nodes.toArray(Node[]::new));
        stub.signal("command", new Command("c1", null, null, new Request.Pause()));

        Snapshot part = stub.query("snapshot", Snapshot.class, new SnapshotRequest(0, true));

        assertThat(Weight.of(part)).isLessThan(600 * 1024);
        List<String> told = new ArrayList<>(
                part.tasks().stream().map(task -> task.key().id()).toList());
        while (part.rest() != null) {
            part = stub.query("snapshot", Snapshot.class, new SnapshotRequest(0, true).from(part.rest()));
            assertThat(Weight.of(part)).isLessThan(600 * 1024);
            part.tasks().forEach(task -> told.add(task.key().id()));
        }
        int sealed = part.pages().stream().mapToInt(Snapshot.Page::size).sum();
        assertThat(told).doesNotHaveDuplicates().hasSize(901 - sealed);
        stub.signal("command", new Command("c2", null, null, new Request.Abort()));
        assertThat(stub.getResult(Snapshot.class).run().state()).isEqualTo(RunStatus.ABORTED);
    }

    @Test
    void shouldAnswerOneTaskAndNoPlanToAReaderThatHasIt() {
        WorkflowStub stub = start(PlanPolicy.DEFAULT, waiting("w", 86_400_000), task("b", "w"));

        Snapshot first = stub.query("snapshot", Snapshot.class, SnapshotRequest.of(TaskKey.root("w")));
        Snapshot second = stub.query(
                "snapshot",
                Snapshot.class,
                SnapshotRequest.of(TaskKey.root("w")).knowing(first.plan().hash()));

        assertThat(first.tasks()).extracting(TaskRecord::key).containsExactly(TaskKey.root("w"));
        assertThat(second.tasks()).isEqualTo(first.tasks());
        assertThat(Weight.of(first) - Weight.of(second)).isGreaterThan(Weight.of(first.plan()) - 100);
    }

    @Test
    void shouldEndWithAReferenceWhenItsResultIsTooLargeToTravel() {
        worker = new FakeWorker(attempt -> FakeWorker.completed("x".repeat(2_000)));
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            nodes.add(task("t%04d".formatted(i)));
        }

        Snapshot end = run(PlanPolicy.DEFAULT, nodes.toArray(Node[]::new));

        assertThat(end.run().state()).isEqualTo(RunStatus.COMPLETED);
        assertThat(end.tasks()).isEmpty();
        assertThat(end.stored()).isEqualTo("state-" + worker.carried.size());
        Snapshot whole = Json.mapper().convertValue(worker.carried.getLast(), Snapshot.class);
        assertThat(whole.tasks()).hasSize(200);
    }

    private Snapshot run(PlanPolicy policy, Node... nodes) {
        return start(policy, nodes).getResult(Snapshot.class);
    }

    private WorkflowStub start(PlanPolicy policy, Node... nodes) {
        Worker polling = environment.newWorker(QUEUE);
        polling.registerWorkflowImplementationFactory(
                RunWorkflow.class,
                () -> new RunWorkflowImpl(worker.stored(new Plan(policy, new Scope(List.of(nodes))))));
        polling.registerActivitiesImplementations(worker);
        environment.start();
        WorkflowStub stub = environment
                .getWorkflowClient()
                .newUntypedWorkflowStub(
                        RunWorkflow.TYPE,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(QUEUE)
                                .setWorkflowId("default/r1")
                                .setWorkflowExecutionTimeout(Duration.ofDays(30))
                                .build());
        JsonNode plan = Json.tree(new Plan(policy, new Scope(List.of(nodes))));
        RunContext context = new RunContext(
                "r1",
                "default",
                Map.of(),
                Value.of(JsonNodeFactory.instance.objectNode()),
                null,
                EngineVersions.CURRENT);
        stub.start(new RunStart(
                context,
                "test",
                new PlanRef("hash", nodes.length > 100 ? null : plan),
                Value.of(JsonNodeFactory.instance.objectNode()),
                1,
                null));
        return stub;
    }

    private static Map<String, TaskStatus> states(Snapshot snapshot) {
        return snapshot.tasks().stream()
                .collect(Collectors.toMap(task -> task.key().id(), TaskRecord::state));
    }

    private static PlanPolicy policy(@Nullable Long timeoutMs) {
        PlanPolicy defaults = PlanPolicy.DEFAULT;
        return new PlanPolicy(
                16,
                timeoutMs,
                null,
                null,
                defaults.onBudget(),
                defaults.onFailure(),
                defaults.onConditionError(),
                defaults.scheduling(),
                0,
                null);
    }

    private static Node task(String id, String... deps) {
        return node(id, Policies.ExecutionMode.DISPATCHED, List.of(deps), RetryPolicy.ONCE);
    }

    private static Node waiting(String id, long durationMs, String... deps) {
        return node(id, Policies.ExecutionMode.PARKED, List.of(deps), RetryPolicy.ONCE, durationMs);
    }

    private static Node node(String id, Policies.ExecutionMode mode, List<String> deps, RetryPolicy retry) {
        return node(id, mode, deps, retry, 0);
    }

    private static Node node(
            String id, Policies.ExecutionMode mode, List<String> deps, RetryPolicy retry, long durationMs) {
        TaskSpec spec = new TaskSpec(
                id,
                "function",
                JsonNodeFactory.instance.objectNode().put("duration_ms", durationMs),
                null,
                null,
                List.of(),
                null,
                List.of(),
                List.of(),
                60_000);
        return new Node(
                spec,
                mode,
                false,
                deps.stream().map(Edge::plain).toList(),
                List.of(),
                null,
                List.of(),
                Policies.TriggerRule.NONE_FAILED,
                retry,
                false,
                null,
                null,
                null,
                0,
                null);
    }
}
