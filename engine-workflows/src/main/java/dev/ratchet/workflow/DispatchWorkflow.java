package dev.ratchet.workflow;

import io.temporal.common.converter.RawValue;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * A dispatch that goes on without the execution that began it: has its one activity carried out, and tells the run how it
 * ended, by signal. So a run continues as a new execution however long the attempt takes. Cancelled, it cancels the activity
 * and tells that too; it ends by itself when its run has ended.
 */
@WorkflowInterface
public interface DispatchWorkflow {
    /** The workflow type in Temporal. */
    String TYPE = "LongDispatch";

    /** The workflow id of a dispatch. Ids of runs have one slash. */
    static String id(String run, long dispatch) {
        return run + "/dispatch/" + dispatch;
    }

    /**
     * @param input the activity's only argument
     * @param lookMs how often it looks whether its run still goes on, in milliseconds: an operator who ends that tells nobody
     */
    @WorkflowMethod(name = TYPE)
    void run(DispatchOrder order, RawValue input, long lookMs);
}
