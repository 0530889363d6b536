package dev.ratchet.service.embedded;

import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.util.Set;

/** A client for one test. */
final class Connection implements AutoCloseable {
    private final WorkflowServiceStubs service;
    private final WorkflowClient client;

    Connection(String address) {
        service = WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(address).build());
        client = WorkflowClient.newInstance(service);
    }

    WorkflowServiceStubs service() {
        return service;
    }

    void start(String workflowId) {
        client.newUntypedWorkflowStub("Anything", EmbeddedTemporalTest.options(workflowId))
                .start();
    }

    boolean describes(String workflowId) {
        try {
            client.newUntypedWorkflowStub(workflowId).describe();
            return true;
        } catch (WorkflowNotFoundException absent) {
            return false;
        }
    }

    Set<String> searchAttributes() {
        OperatorServiceStubs operator = OperatorServiceStubs.newServiceStubs(OperatorServiceStubsOptions.newBuilder()
                .setChannel(service.getRawChannel())
                .validateAndBuildWithDefaults());
        return operator.blockingStub()
                .listSearchAttributes(ListSearchAttributesRequest.newBuilder()
                        .setNamespace("default")
                        .build())
                .getCustomAttributesMap()
                .keySet();
    }

    @Override
    public void close() {
        service.shutdownNow();
    }
}
