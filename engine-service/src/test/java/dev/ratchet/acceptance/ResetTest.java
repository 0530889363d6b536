package dev.ratchet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.history.v1.History;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.api.workflowservice.v1.ResetWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Temporal's Reset, which would carry out again what a run did after some point: nothing is, whatever the run had come to. */
class ResetTest {
    @RegisterExtension
    static final EngineOfClass ENGINE = new EngineOfClass();

    private WorkflowServiceStubs service;

    @BeforeEach
    void connect() {
        service = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(ENGINE.temporal())
                .build());
    }

    @AfterEach
    void disconnect() {
        service.shutdownNow();
    }

    @Test
    void shouldKeepTheEndOfARunThatIsResetAfterIt() {
        RunHandle run = ENGINE.api().submit(chain("open"));
        Gates.open("open");
        RunAnswer before = run.ended().completed();
        WorkflowExecution first = info(run).getExecution();

        for (int task = 1; task <= 3; task++) {
            reset(first, task);
            await().atMost(Duration.ofSeconds(60)).until(() -> isClosed(run));

            assertThat(run.now().json()).isEqualTo(before.json());
        }
        assertThat(List.of(Gates.calls(run, "a"), Gates.calls(run, "b"), Gates.calls(run, "c")))
                .containsExactly(1, 1, 1);
    }

    @Test
    void shouldEndARunThatIsResetWhileItGoesOn() {
        RunHandle run = ENGINE.api().submit(chain("shut"));
        run.when(answer -> answer.state("a").equals("completed")
                && answer.state("b").equals("running")
                && Gates.calls(run, "b") == 1);

        reset(info(run).getExecution(), 2);

        RunAnswer end = run.ended();
        assertThat(end.state()).isEqualTo("failed");
        assertThat(end.json().path("error").path("code").asText()).isEqualTo("scheduler_error");
        assertThat(end.json().path("error").path("message").asText())
                .contains("reset in Temporal")
                .contains("/retry");
        assertThat(end.state("a")).as("as last known").isEqualTo("completed");
        assertThat(Gates.calls(run, "c")).isZero();
        Gates.open("shut");
        String again = ENGINE.api()
                .post("/runs/" + run.id() + "/retry", "{}", 202)
                .path("id")
                .asText();
        RunHandle rerun = new RunHandle(ENGINE.api(), again);
        RunAnswer rerunEnd = rerun.ended().completed();
        assertThat(rerunEnd.task("a").path("kept").asBoolean()).isTrue();
        assertThat(Gates.calls(rerun, "c")).isEqualTo(1);
    }

    private static ObjectNode chain(String gate) {
        ObjectNode none = JsonNodeFactory.instance.objectNode();
        return new Doc()
                .function("a", "test_gate", none)
                .function("b", "test_gate", none.deepCopy().put("gate", gate), "a")
                .function("c", "test_gate", none, "b")
                .json();
    }

    /** To what the run was before it ended a workflow task. */
    private void reset(WorkflowExecution execution, int workflowTask) {
        History history = history(execution);
        HistoryEvent at = history.getEventsList().stream()
                .filter(event -> event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED)
                .skip(workflowTask - 1L)
                .findFirst()
                .orElseThrow();
        var ignored = stub().resetWorkflowExecution(ResetWorkflowExecutionRequest.newBuilder()
                .setNamespace("default")
                .setWorkflowExecution(execution)
                .setReason("an operator tries a button")
                .setWorkflowTaskFinishEventId(at.getEventId())
                .setRequestId(UUID.randomUUID().toString())
                .build());
    }

    private History history(WorkflowExecution execution) {
        return stub().getWorkflowExecutionHistory(GetWorkflowExecutionHistoryRequest.newBuilder()
                        .setNamespace("default")
                        .setExecution(execution)
                        .build())
                .getHistory();
    }

    private boolean isClosed(RunHandle run) {
        return info(run).getStatus() != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
    }

    /** The current execution of a run. */
    private WorkflowExecutionInfo info(RunHandle run) {
        return stub().describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                        .setNamespace("default")
                        .setExecution(WorkflowExecution.newBuilder().setWorkflowId("default/" + run.id()))
                        .build())
                .getWorkflowExecutionInfo();
    }

    private WorkflowServiceBlockingStub stub() {
        return service.blockingStub();
    }
}
