package dev.ratchet.architecture.services.resources;

import io.temporal.client.WorkflowClient;

/** Goes to Temporal past the gateway. */
public final class HasItsOwnClient {
    private final WorkflowClient client;

    public HasItsOwnClient(WorkflowClient client) {
        this.client = client;
    }

    public Object run(String id) {
        return client.newUntypedWorkflowStub(id);
    }
}
