package dev.ratchet.workflow;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.ratchet.run.TaskKey;

/**
 * The task that a run carries out for another one.
 *
 * @param organization of both runs
 * @param run id of the other one
 * @param attempt of the task
 * @param depth how many runs are around: 1 for the child of a run that somebody submitted
 * @param offspring how many runs this one may start, those that they start included
 * @param awaited whether the other one waits for the end
 */
public record Parent(
        String organization, String run, TaskKey key, int attempt, int depth, int offspring, boolean awaited) {
    /** The workflow that hears of the end. */
    @JsonIgnore
    public String workflowId() {
        return organization + "/" + run;
    }
}
