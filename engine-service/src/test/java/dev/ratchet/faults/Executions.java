package dev.ratchet.faults;

import io.temporal.api.workflowservice.v1.CountWorkflowExecutionsRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;

/** What Temporal itself knows of a run (invariant I2 of {@code docs/reliability.md}). */
final class Executions implements AutoCloseable {
    private final WorkflowServiceStubs service;

    Executions(String address) {
        service = WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(address).build());
    }

    /** How many executions there are under the run's id, open and closed. */
    long count(String run) {
        return service.blockingStub()
                .countWorkflowExecutions(CountWorkflowExecutionsRequest.newBuilder()
                        .setNamespace("default")
                        .setQuery("WorkflowId = 'default/" + run + "'")
                        .build())
                .getCount();
    }

    @Override
    public void close() {
        service.shutdownNow();
    }
}
