package dev.ratchet.task.execution;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.client.WorkflowClient;
import java.util.List;

/** Asks Temporal how executions are. */
public final class Executions {
    private Executions() {}

    /**
     * Whether a workflow has ended, in whatever way, or is not there.
     *
     * @throws StatusRuntimeException when Temporal does not answer
     */
    public static boolean isClosed(WorkflowClient client, String workflowId) {
        try {
            return describe(client, workflowId).getWorkflowExecutionInfo().getStatus()
                    != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
        } catch (StatusRuntimeException failed) {
            if (failed.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return true;
            }
            throw failed;
        }
    }

    /**
     * The activities of a workflow that have not ended.
     *
     * @throws StatusRuntimeException when Temporal does not answer
     */
    static List<PendingActivityInfo> pending(WorkflowClient client, String workflowId) {
        return describe(client, workflowId).getPendingActivitiesList();
    }

    private static DescribeWorkflowExecutionResponse describe(WorkflowClient client, String workflowId) {
        return client.getWorkflowServiceStubs()
                .blockingStub()
                .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                        .setNamespace(client.getOptions().getNamespace())
                        .setExecution(WorkflowExecution.newBuilder().setWorkflowId(workflowId))
                        .build());
    }
}
