package dev.ratchet.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Json;
import dev.ratchet.plan.Node;
import dev.ratchet.plan.Plan;
import dev.ratchet.plan.PlanPolicy;
import dev.ratchet.plan.Policies;
import dev.ratchet.plan.RetryPolicy;
import dev.ratchet.plan.Scope;
import dev.ratchet.plan.TaskSpec;
import dev.ratchet.run.Decider;
import dev.ratchet.run.DecisionRules;
import dev.ratchet.run.EngineVersions;
import dev.ratchet.run.RunContext;
import dev.ratchet.run.RunEvent;
import dev.ratchet.run.RunFold;
import dev.ratchet.run.RunInput;
import dev.ratchet.run.RunView;
import dev.ratchet.run.Value;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.JacksonJsonPayloadConverter;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A rule that changes under a new version: runs of the old one go on, and replay, as they did. */
class EngineVersionTest {
    private static final String QUEUE = "test";
    private static final int TOMORROW = EngineVersions.CURRENT + 1;
    private static final Plan PLAN = new Plan(PlanPolicy.DEFAULT, new Scope(List.of(triedThreeTimes())));

    /** From tomorrow's version on nothing is tried again. */
    private static final DecisionRules ASKING = new DecisionRules(
            TOMORROW,
            (view, input) -> view.engineVersion() >= TOMORROW ? once(view, input) : Decider.decide(view, input));

    /** The same change by somebody who did not ask which version a run has. */
    private static final DecisionRules CARELESS = new DecisionRules(TOMORROW, EngineVersionTest::once);

    private final FakeWorker worker = new FakeWorker(attempt -> FakeWorker.failed(ErrorCode.EXECUTION_FAILED));
    private final TestWorkflowEnvironment environment =
            TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setDataConverter(DefaultDataConverter.newDefaultInstance()
                                    .withPayloadConverterOverrides(new JacksonJsonPayloadConverter(Json.mapper())))
                            .build())
                    .registerSearchAttribute("RatchetState", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                    .registerSearchAttribute("RatchetFailedTask", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                    .build());

    @AfterEach
    void close() {
        environment.close();
    }

    @Test
    void shouldReplayRunsOfTheOldVersionAsTheyWere() {
        WorkflowExecutionHistory history = carryOut(EngineVersions.CURRENT, DecisionRules.TODAY);

        assertThat(worker.performed).containsExactly("a#1", "a#2", "a#3");
        assertThatCode(() -> replay(history, ASKING)).doesNotThrowAnyException();
    }

    @Test
    void shouldNoticeAChangeThatDidNotAskForTheVersion() {
        WorkflowExecutionHistory history = carryOut(EngineVersions.CURRENT, DecisionRules.TODAY);

        assertThatThrownBy(() -> replay(history, CARELESS)).hasStackTraceContaining("NonDeterministicException");
    }

    @Test
    void shouldCarryOutNewRunsByTheNewRule() {
        WorkflowExecutionHistory history = carryOut(TOMORROW, ASKING);

        assertThat(worker.performed).containsExactly("a#1");
        assertThatThrownBy(() -> replay(history, DecisionRules.TODAY))
                .hasStackTraceContaining("Expected an engine version up to " + EngineVersions.CURRENT);
    }

    @Test
    void shouldTellAGroupsWorkerWhichVersionTheRunHas() {
        Plan piece = new Plan(PlanPolicy.DEFAULT, new Scope(List.of(node("a", "g"), node("b", "g"))));

        RunFold fold = RunFold.ofGroup(piece, List.of(), "g", 1, 2, TOMORROW, 0);

        assertThat(fold.state().engineVersion()).isEqualTo(TOMORROW);
    }

    private static List<RunEvent> once(RunView view, RunInput input) {
        return Decider.decide(view, input).stream()
                .map(event -> event instanceof RunEvent.AttemptFailed failed ? forGood(failed) : event)
                .toList();
    }

    private static RunEvent forGood(RunEvent.AttemptFailed failed) {
        return new RunEvent.Failed(
                failed.at(), failed.key(), failed.startedAt(), failed.endedAt(), failed.error(), failed.usage());
    }

    private WorkflowExecutionHistory carryOut(int version, DecisionRules rules) {
        Worker polling = environment.newWorker(QUEUE);
        polling.registerWorkflowImplementationFactory(
                RunWorkflow.class, () -> new RunWorkflowImpl(worker.stored(PLAN), rules));
        polling.registerActivitiesImplementations(worker);
        environment.start();
        WorkflowStub run = environment
                .getWorkflowClient()
                .newUntypedWorkflowStub(
                        RunWorkflow.TYPE,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(QUEUE)
                                .setWorkflowId("default/r1")
                                .build());
        Value nothing = Value.of(JsonNodeFactory.instance.objectNode());
        run.start(new RunStart(
                new RunContext("r1", "default", Map.of(), nothing, null, version),
                "test",
                new PlanRef("hash", Json.tree(PLAN)),
                nothing,
                1,
                null));
        run.getResult(Snapshot.class);
        return environment.getWorkflowClient().fetchHistory("default/r1");
    }

    private void replay(WorkflowExecutionHistory history, DecisionRules rules) throws Exception {
        try (TestWorkflowEnvironment again = TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(environment.getWorkflowClient().getOptions())
                .build())) {
            Worker replaying = again.newWorker(QUEUE);
            replaying.registerWorkflowImplementationFactory(
                    RunWorkflow.class, () -> new RunWorkflowImpl(worker.stored(PLAN), rules));
            WorkflowReplayer.replayWorkflowExecution(history, replaying);
        }
    }

    private static Node triedThreeTimes() {
        return node("a", null);
    }

    private static Node node(String id, @org.jspecify.annotations.Nullable String group) {
        TaskSpec spec = new TaskSpec(
                id,
                "function",
                JsonNodeFactory.instance.objectNode(),
                null,
                null,
                List.of(),
                null,
                List.of(),
                List.of(),
                60_000);
        return new Node(
                spec,
                Policies.ExecutionMode.DISPATCHED,
                false,
                List.of(),
                List.of(),
                null,
                List.of(),
                Policies.TriggerRule.NONE_FAILED,
                new RetryPolicy(3, 1_000, BigDecimal.ONE, 1_000, List.of()),
                false,
                group,
                null,
                null,
                0,
                null);
    }
}
