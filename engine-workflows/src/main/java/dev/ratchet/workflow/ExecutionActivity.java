package dev.ratchet.workflow;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import org.jspecify.annotations.Nullable;

/** Says how the execution of a run ended that an operator of Temporal reset. */
@ActivityInterface
public interface ExecutionActivity {
    /** The activity type in Temporal. */
    String END = "EndOfExecution";

    /**
     * How a run ended before it was reset: its result when it had one, else its state as last known, as failed.
     *
     * @param runId of the execution, in Temporal's sense; those that it continued as count as its own
     * @return null when nobody can say
     */
    @ActivityMethod(name = END)
    @Nullable
    Snapshot end(String workflowId, String runId);
}
