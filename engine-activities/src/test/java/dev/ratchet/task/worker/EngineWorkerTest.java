package dev.ratchet.task.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.plan.Edge;
import dev.ratchet.plan.Node;
import dev.ratchet.plan.Plan;
import dev.ratchet.plan.PlanPolicy;
import dev.ratchet.plan.Policies;
import dev.ratchet.plan.RetryPolicy;
import dev.ratchet.plan.Scope;
import dev.ratchet.plan.TaskSpec;
import dev.ratchet.plan.TaskType;
import dev.ratchet.run.Command;
import dev.ratchet.run.Outcome;
import dev.ratchet.run.Request;
import dev.ratchet.run.RunContext;
import dev.ratchet.run.RunStatus;
import dev.ratchet.run.TaskKey;
import dev.ratchet.run.TaskRecord;
import dev.ratchet.run.TaskStatus;
import dev.ratchet.run.Value;
import dev.ratchet.task.assignment.AssignmentSettings;
import dev.ratchet.task.blob.BlobPlanSource;
import dev.ratchet.task.blob.MemoryBlobs;
import dev.ratchet.task.delegation.ChildStarter;
import dev.ratchet.task.dispatch.Toolbox;
import dev.ratchet.task.egress.EgressPolicy;
import dev.ratchet.task.http.HttpSettings;
import dev.ratchet.task.secret.Secrets;
import dev.ratchet.task.spi.TaskContext;
import dev.ratchet.task.spi.TaskExecutor;
import dev.ratchet.task.spi.TaskFailure;
import dev.ratchet.task.spi.TaskResult;
import dev.ratchet.workflow.DispatchResult;
import dev.ratchet.workflow.Parent;
import dev.ratchet.workflow.PlanRef;
import dev.ratchet.workflow.RunStart;
import dev.ratchet.workflow.RunWorkflow;
import dev.ratchet.workflow.RunWorkflowImpl;
import dev.ratchet.workflow.Snapshot;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whole runs through real workflow code, dispatches and signals, on the in-memory server. */
class EngineWorkerTest {
    private static final String QUEUE = "runs";

    private final TestWorkflowEnvironment environment =
            TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setUseTimeskipping(false)
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setDataConverter(EngineDataConverter.create())
                            .build())
                    .registerSearchAttribute("RatchetState", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                    .registerSearchAttribute("RatchetFailedTask", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                    .build());

    private final MemoryBlobs blobs = new MemoryBlobs();
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private EngineWorker worker = worker(settings());

    @BeforeEach
    void start() {
        environment.start();
        worker.start();
    }

    @AfterEach
    void close() {
        release.countDown();
        worker.close();
        environment.close();
    }

    @Test
    void shouldCarryARunFromTaskToTask() {
        // given
        WorkflowStub run = start(
                node("a", "add", "{\"x\": 1}"),
                node("b", "add", "{\"x\": \"${tasks.a.output}\"}", "a"),
                node("c", "inline", "{\"x\": \"${tasks.b.output}\"}", "b"));

        // when
        Snapshot end = run.getResult(Snapshot.class);

        // then
        assertThat(end.run().state()).isEqualTo(RunStatus.COMPLETED);
        assertThat(outputs(end)).containsExactlyInAnyOrderEntriesOf(Map.of("a", "2", "b", "3", "c", "4"));
    }

    @Test
    void shouldCarryAGroupInOneDispatch() {
        // given
        List<Node> chain = new ArrayList<>();
        chain.add(node("a000", "add", "{\"x\": 0}"));
        for (int i = 1; i < 100; i++) {
            String before = "a%03d".formatted(i - 1);
            String input = "{\"x\": \"${tasks.%s.output}\"}".formatted(before);
            chain.add(grouped(node("a%03d".formatted(i), "add", input, before)));
        }

        // when
        Snapshot end = start(chain.toArray(Node[]::new)).getResult(Snapshot.class);

        // then
        assertThat(end.run().state()).isEqualTo(RunStatus.COMPLETED);
        assertThat(outputs(end)).containsEntry("a099", "100");
        assertThat(dispatchResults()).hasSize(2);
    }

    @Test
    void shouldShowAFailureWhileANeighbourOfItsPackStillRuns() throws InterruptedException {
        // given: both travel in one dispatch
        WorkflowStub run = start(packed(2), node("a", "held", "{}"), node("b", "fail", "{}"));

        // when: the failure is reported early, so fail-fast stops the other
        assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();

        // then
        Snapshot end = run.getResult(Snapshot.class);
        assertThat(end.run().state()).isEqualTo(RunStatus.FAILED);
        assertThat(states(end))
                .containsExactlyInAnyOrderEntriesOf(Map.of("a", TaskStatus.CANCELLED, "b", TaskStatus.FAILED));
    }

    @Test
    void shouldInterruptWhatRunsWhenTheRunIsAborted() throws InterruptedException {
        // given
        WorkflowStub run = start(node("a", "held", "{}"));
        assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();

        // when
        run.signal("command", new Command("c1", null, null, new Request.Abort()));

        // then
        assertThat(interrupted.await(8, TimeUnit.SECONDS)).isTrue();
        assertThat(run.getResult(Snapshot.class).run().state()).isEqualTo(RunStatus.ABORTED);
    }

    @Test
    void shouldHandBackWhatItCannotFinishInTheGrace() throws InterruptedException {
        // given
        worker.close();
        worker = worker(settings().withGrace(Duration.ZERO));
        worker.start();
        start(node("a", "held", "{}"));
        assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();

        // when
        worker.close();

        // then: the run knows, and can deliver it again
        assertThat(interrupted.getCount()).isZero();
        assertThat(dispatchResults()).first().satisfies(result -> {
            assertThat(result.handedBack()).isEmpty();
            assertThat(result.outcomes()).singleElement().satisfies(outcome -> {
                assertThat(outcome.key()).isEqualTo(TaskKey.root("a"));
                assertThat(outcome.result()).isInstanceOf(Outcome.Interrupted.class);
            });
        });
    }

    private List<DispatchResult> dispatchResults() {
        return environment.getWorkflowClient().fetchHistory("acme/r1").getEvents().stream()
                .filter(HistoryEvent::hasActivityTaskCompletedEventAttributes)
                .map(event -> EngineDataConverter.create()
                        .fromPayloads(
                                0,
                                Optional.of(event.getActivityTaskCompletedEventAttributes()
                                        .getResult()),
                                DispatchResult.class,
                                DispatchResult.class))
                .toList();
    }

    private static WorkerSettings settings() {
        return WorkerSettings.of(QUEUE).withGrace(Duration.ofSeconds(20));
    }

    private EngineWorker worker(WorkerSettings settings) {
        ExecutorRegistry executors = new ExecutorRegistry(List.of(
                new Scripted("add", Policies.ExecutionMode.DISPATCHED, EngineWorkerTest::increment),
                new Scripted("inline", Policies.ExecutionMode.INLINE, EngineWorkerTest::increment),
                new Scripted("held", Policies.ExecutionMode.DISPATCHED, this::hold),
                new Scripted("fail", Policies.ExecutionMode.DISPATCHED, context -> {
                    throw TaskFailure.permanent(
                            dev.ratchet.document.ErrorCode.EXECUTION_FAILED, "Expected more, but no");
                })));
        return EngineWorker.create(
                environment.getWorkflowClient(),
                settings,
                Toolbox.of(executors, blobs, Secrets.NONE),
                AssignmentSettings.plain(HttpSettings.of(EgressPolicy.of("", ""))),
                new NoChildren(),
                (workflowId, runId) -> null,
                () -> new RunWorkflowImpl(new BlobPlanSource(blobs)));
    }

    /** Nothing here has runs inside of it. */
    private static final class NoChildren implements ChildStarter {
        @Override
        public boolean start(JsonNode document, String id, Parent parent) {
            return false;
        }

        @Override
        public boolean isChild(String id, Parent parent) {
            return false;
        }
    }

    private static TaskResult increment(TaskContext context) {
        return TaskResult.of(Json.tree(context.input().get("x").asInt() + 1));
    }

    private TaskResult hold(TaskContext context) throws InterruptedException {
        entered.countDown();
        try {
            release.await();
        } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
        }
        return TaskResult.of(Json.tree(true));
    }

    private WorkflowStub start(Node... nodes) {
        return start(PlanPolicy.DEFAULT, nodes);
    }

    private WorkflowStub start(PlanPolicy policy, Node... nodes) {
        Value.Stored plan = blobs.putJson(Json.tree(new Plan(policy, new Scope(List.of(nodes)))));
        WorkflowStub stub = environment
                .getWorkflowClient()
                .newUntypedWorkflowStub(
                        RunWorkflow.TYPE,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(QUEUE)
                                .setWorkflowId("acme/r1")
                                .build());
        RunContext context = new RunContext("r1", "acme", Map.of(), Value.of(json("{}")), null, 1);
        stub.start(new RunStart(context, "test", new PlanRef(plan.ref(), null), Value.of(json("{}")), 1, null));
        return stub;
    }

    private static PlanPolicy packed(int together) {
        PlanPolicy all = PlanPolicy.DEFAULT;
        return new PlanPolicy(
                all.maxParallelism(),
                null,
                null,
                null,
                all.onBudget(),
                all.onFailure(),
                all.onConditionError(),
                all.scheduling(),
                together,
                null);
    }

    private static Node node(String id, String type, String input, String... deps) {
        TaskSpec task = new TaskSpec(
                id, type, json("{}"), json(input), null, List.of(), null, List.of(), List.of(deps), 60_000);
        List<Edge> edges = new ArrayList<>();
        for (String dep : deps) {
            edges.add(Edge.plain(dep));
        }
        return new Node(
                task,
                type.equals("inline") ? Policies.ExecutionMode.INLINE : Policies.ExecutionMode.DISPATCHED,
                false,
                edges,
                List.of(),
                null,
                List.of(),
                Policies.TriggerRule.NONE_FAILED,
                RetryPolicy.ONCE,
                false,
                null,
                null,
                null,
                0,
                null);
    }

    private static Node grouped(Node node) {
        return new Node(
                node.task(),
                node.mode(),
                true,
                node.edges(),
                List.of(),
                null,
                List.of(),
                node.rule(),
                node.retry(),
                false,
                "g",
                null,
                null,
                0,
                null);
    }

    private static Map<String, TaskStatus> states(Snapshot end) {
        return end.tasks().stream().collect(Collectors.toMap(task -> task.key().id(), TaskRecord::state));
    }

    private static Map<String, String> outputs(Snapshot end) {
        return end.tasks().stream().collect(Collectors.toMap(task -> task.key().id(), task -> text(task.output())));
    }

    private static String text(@Nullable Value value) {
        return value instanceof Value.Inline inline ? inline.json().toString() : "none";
    }

    private static JsonNode json(String text) {
        return Json.read(text, JsonNode.class);
    }

    private interface Body {
        TaskResult execute(TaskContext context) throws TaskFailure, InterruptedException;
    }

    private record Scripted(TaskType type, Body body) implements TaskExecutor {
        Scripted(String name, Policies.ExecutionMode mode, Body body) {
            this(
                    new TaskType(
                            name,
                            mode,
                            "Does what the test says",
                            json("{}"),
                            null,
                            null,
                            Set.of(),
                            Set.of(),
                            Set.of(),
                            null,
                            BigDecimal.ONE,
                            true),
                    body);
        }

        @Override
        public TaskResult execute(TaskContext context) throws TaskFailure, InterruptedException {
            return body.execute(context);
        }
    }
}
