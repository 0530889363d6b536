package dev.ratchet.workflow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ratchet.document.Json;
import dev.ratchet.plan.Plan;
import dev.ratchet.run.EngineVersions;
import dev.ratchet.run.RunContext;
import dev.ratchet.run.TaskRecord;
import dev.ratchet.run.TaskStatus;
import dev.ratchet.run.Value;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.JacksonJsonPayloadConverter;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Runs on the time-skipping server: workers whose reads and limits a test chooses. */
final class RunsForTests implements AutoCloseable {
    private static final String QUEUE = "test";
    /** Machines that build are slow at times, and what is cold is slow. */
    private static final WorkerOptions PATIENT = WorkerOptions.newBuilder()
            .setDefaultDeadlockDetectionTimeout(20_000)
            .build();

    static final DataConverter CONVERTER = DefaultDataConverter.newDefaultInstance()
            .withPayloadConverterOverrides(new JacksonJsonPayloadConverter(Json.mapper()));

    private final TestWorkflowEnvironment environment = environment();
    private final PlanSource plans;
    private final RenewalLimits limits;

    RunsForTests(PlanSource plans, RenewalLimits limits, Object... activities) {
        this.plans = plans;
        this.limits = limits;
        Worker worker = environment.newWorker(QUEUE, PATIENT);
        worker.registerWorkflowImplementationFactory(RunWorkflow.class, () -> new RunWorkflowImpl(plans, limits));
        worker.registerWorkflowImplementationFactory(DispatchWorkflow.class, DispatchWorkflowImpl::new);
        worker.registerActivitiesImplementations(activities);
        environment.start();
    }

    private static TestWorkflowEnvironment environment() {
        return TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(CONVERTER)
                        .build())
                .registerSearchAttribute("RatchetState", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                .registerSearchAttribute("RatchetFailedTask", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                .build());
    }

    WorkflowClient client() {
        return environment.getWorkflowClient();
    }

    /** Starts a run whose plan is where the plans are. */
    WorkflowStub start(String id) {
        return start(id, new PlanRef("hash", null));
    }

    /** Starts a run that has its plan with it. */
    WorkflowStub start(String id, Plan plan) {
        return start(id, new PlanRef("hash", Json.tree(plan)));
    }

    private WorkflowStub start(String id, PlanRef plan) {
        WorkflowStub stub = environment
                .getWorkflowClient()
                .newUntypedWorkflowStub(
                        RunWorkflow.TYPE,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(QUEUE)
                                .setWorkflowId("default/" + id)
                                .setWorkflowExecutionTimeout(Duration.ofDays(300))
                                .build());
        RunContext context = new RunContext(
                id, "default", Map.of(), Value.of(JsonNodeFactory.instance.objectNode()), null, EngineVersions.CURRENT);
        stub.start(new RunStart(context, "test", plan, Value.of(JsonNodeFactory.instance.objectNode()), 1, null));
        return stub;
    }

    /** The same run again, whatever its current execution is. */
    WorkflowStub find(String id) {
        return environment.getWorkflowClient().newUntypedWorkflowStub("default/" + id);
    }

    /** Temporal's id of the current execution. */
    String current(String id) {
        return client().getWorkflowServiceStubs()
                .blockingStub()
                .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                        .setNamespace(client().getOptions().getNamespace())
                        .setExecution(WorkflowExecution.newBuilder().setWorkflowId("default/" + id))
                        .build())
                .getWorkflowExecutionInfo()
                .getExecution()
                .getRunId();
    }

    void sleep(Duration time) {
        environment.sleep(time);
    }

    Snapshot look(String id) {
        return find(id).query("snapshot", Snapshot.class, new SnapshotRequest(0, true));
    }

    /** Fails when a worker without trouble would do otherwise than what the history holds. */
    void replay(WorkflowStub run) throws Exception {
        try (TestWorkflowEnvironment other = environment()) {
            Worker replaying = other.newWorker("replay");
            replaying.registerWorkflowImplementationFactory(
                    RunWorkflow.class, () -> new RunWorkflowImpl(plans, limits));
            WorkflowReplayer.replayWorkflowExecution(
                    client().fetchHistory(run.getExecution().getWorkflowId()), replaying);
        }
    }

    static Map<String, TaskStatus> states(Snapshot snapshot) {
        Map<String, TaskStatus> states = new TreeMap<>();
        for (TaskRecord task : snapshot.tasks()) {
            states.put(task.key().toString(), task.state());
        }
        return states;
    }

    @Override
    public void close() {
        environment.close();
    }
}
