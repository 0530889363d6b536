package dev.ratchet.workflow;

import dev.ratchet.run.RunInput;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Looks at the task queues to which runs hand attempts. Changes nothing. */
@ActivityInterface
public interface QueueActivity {
    /** The activity type in Temporal. */
    String WORKERS = "FindWorkers";

    /**
     * Whether somebody looks at a queue, or has begun with what a run handed to it.
     *
     * @param workflowId of the run
     */
    @ActivityMethod(name = WORKERS)
    RunInput.Workers workers(String workflowId, String taskQueue);
}
