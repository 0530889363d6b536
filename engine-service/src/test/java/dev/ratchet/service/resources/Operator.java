package dev.ratchet.service.resources;

import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.common.v1.WorkflowType;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.api.workflowservice.v1.StartWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.TerminateWorkflowExecutionRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;

/** Somebody who reaches past the engine into Temporal. */
final class Operator {
    private Operator() {}

    static void terminate(String address, String workflowId) {
        WorkflowServiceStubs service = WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(address).build());
        try {
            var ignored = service.blockingStub()
                    .terminateWorkflowExecution(TerminateWorkflowExecutionRequest.newBuilder()
                            .setNamespace("default")
                            .setWorkflowExecution(WorkflowExecution.newBuilder().setWorkflowId(workflowId))
                            .setReason("a test")
                            .build());
        } finally {
            service.shutdownNow();
        }
    }

    /** Starts an execution of a run where no worker will ever hear of it. */
    static void startUnheard(String address, String workflowId, String input) {
        WorkflowServiceStubs service = WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(address).build());
        try {
            var ignored = service.blockingStub()
                    .startWorkflowExecution(StartWorkflowExecutionRequest.newBuilder()
                            .setNamespace("default")
                            .setRequestId(workflowId)
                            .setWorkflowId(workflowId)
                            .setWorkflowType(WorkflowType.newBuilder().setName("Run"))
                            .setTaskQueue(TaskQueue.newBuilder().setName("nobody"))
                            .setInput(Payloads.newBuilder()
                                    .addPayloads(Payload.newBuilder()
                                            .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
                                            .setData(ByteString.copyFromUtf8(input))))
                            .build());
        } finally {
            service.shutdownNow();
        }
    }

    /** What an execution was started with, as it is in its history. */
    static String inputOf(String address, String workflowId) {
        WorkflowServiceStubs service = WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(address).build());
        try {
            return service.blockingStub()
                    .getWorkflowExecutionHistory(GetWorkflowExecutionHistoryRequest.newBuilder()
                            .setNamespace("default")
                            .setExecution(WorkflowExecution.newBuilder().setWorkflowId(workflowId))
                            .setMaximumPageSize(1)
                            .build())
                    .getHistory()
                    .getEvents(0)
                    .getWorkflowExecutionStartedEventAttributes()
                    .getInput()
                    .getPayloads(0)
                    .getData()
                    .toStringUtf8();
        } finally {
            service.shutdownNow();
        }
    }
}
