package dev.ratchet.task.execution;

import dev.ratchet.run.RunInput;
import dev.ratchet.workflow.QueueActivity;
import io.temporal.client.WorkflowClient;

/** Looks for workers on behalf of runs. One instance serves a whole worker. Thread-safe. */
public final class QueueWorker implements QueueActivity {
    private final WorkflowClient client;

    public QueueWorker(WorkflowClient client) {
        this.client = client;
    }

    /** A worker with all hands full does not ask for more: what it has begun with shows that it is there. */
    @Override
    public RunInput.Workers workers(String workflowId, String taskQueue) {
        TaskQueues.Begun begun = TaskQueues.Begun.of(Executions.pending(client, workflowId), taskQueue);
        if (begun.all()) {
            return RunInput.Workers.BEGUN;
        }
        return begun.any() || TaskQueues.arePolled(client, taskQueue) ? RunInput.Workers.BUSY : RunInput.Workers.NONE;
    }
}
