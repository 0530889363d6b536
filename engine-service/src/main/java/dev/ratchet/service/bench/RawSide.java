package dev.ratchet.service.bench;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The plain SDK with its defaults: client, worker and server as anybody would set them up. */
final class RawSide implements Side {
    private static final String QUEUE = "raw";

    private final WorkflowServiceStubs stubs;
    private final WorkflowClient client;
    private final WorkerFactory factory;

    RawSide(String address) {
        this.stubs = WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(address).build());
        this.client = WorkflowClient.newInstance(stubs);
        this.factory = WorkerFactory.newInstance(client);
        Worker worker = factory.newWorker(QUEUE);
        worker.registerWorkflowImplementationTypes(RawWorkflowImpl.class);
        worker.registerActivitiesImplementations(new RawActivities.NoOp());
        factory.start();
    }

    @Override
    public void run(Shape shape) {
        RawWorkflow workflow = client.newWorkflowStub(
                RawWorkflow.class,
                WorkflowOptions.newBuilder().setTaskQueue(QUEUE).build());
        WorkflowClient.start(workflow::run, shape);
        int ran = result(WorkflowStub.fromTyped(workflow));
        if (ran != shape.tasks()) {
            throw new IllegalStateException("Expected " + shape.tasks() + " tasks, but " + ran + " ran");
        }
    }

    private static int result(WorkflowStub workflow) {
        try {
            return workflow.getResult(LONGEST.toSeconds(), TimeUnit.SECONDS, Integer.class);
        } catch (TimeoutException e) {
            throw new IllegalStateException("Expected the workflow to end within " + LONGEST, e);
        }
    }

    @Override
    public void close() {
        factory.shutdownNow();
        stubs.shutdownNow();
    }
}
