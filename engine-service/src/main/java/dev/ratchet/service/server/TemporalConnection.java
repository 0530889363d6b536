package dev.ratchet.service.server;

import dev.ratchet.task.worker.EngineDataConverter;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.util.concurrent.TimeUnit;

/** The one connection of a process to Temporal; worker and gateway share it, so that runs start eagerly. */
final class TemporalConnection implements AutoCloseable {
    private static final long GRACE_SECONDS = 2;

    private final WorkflowServiceStubs service;
    private final WorkflowClient client;

    private TemporalConnection(WorkflowServiceStubs service, WorkflowClient client) {
        this.service = service;
        this.client = client;
    }

    /** @param address {@code host:port}; nobody needs to listen there yet */
    static TemporalConnection open(String address, String namespace) {
        WorkflowServiceStubs service = WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(address).build());
        WorkflowClient client = WorkflowClient.newInstance(
                service,
                WorkflowClientOptions.newBuilder()
                        .setNamespace(namespace)
                        .setDataConverter(EngineDataConverter.create())
                        .build());
        return new TemporalConnection(service, client);
    }

    WorkflowClient client() {
        return client;
    }

    WorkflowServiceStubs service() {
        return service;
    }

    @Override
    public void close() {
        service.shutdownNow();
        service.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS);
    }
}
