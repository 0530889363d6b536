package dev.ratchet.service.resources;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
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
