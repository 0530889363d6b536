package dev.ratchet.faults;

import io.temporal.api.workflowservice.v1.CountWorkflowExecutionsRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;

/** What Temporal itself knows of runs. Thread-safe. */
final class Executions implements AutoCloseable {
    private final WorkflowServiceStubs service;
    private final WorkflowClient client;

    Executions(String address) {
        service = WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(address).build());
        client = WorkflowClient.newInstance(service);
    }

    /** How many executions there are under the run's id, open and closed. */
    long count(String run) {
        return counted("WorkflowId = 'default/" + run + "'");
    }

    private long counted(String query) {
        return service.blockingStub()
                .countWorkflowExecutions(CountWorkflowExecutionsRequest.newBuilder()
                        .setNamespace("default")
                        .setQuery(query)
                        .build())
                .getCount();
    }

    /** How many there are that no other execution goes on for: one, whatever happened. */
    long chains(String run) {
        return counted("WorkflowId = 'default/" + run + "' AND ExecutionStatus != 'ContinuedAsNew'");
    }

    WorkflowExecutionHistory history(String run) {
        return client.fetchHistory("default/" + run);
    }

    @Override
    public void close() {
        service.shutdownNow();
    }
}
