package dev.ratchet.queue;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ratchet.run.Value;
import org.jspecify.annotations.Nullable;

/**
 * Work that waits for an agent.
 *
 * @param id names one attempt of one task: whatever has the same id is the same job
 * @param run id of the run's workflow
 * @param task key of the task
 * @param assignment what the agent is told
 * @param dueAt until when, epoch milliseconds; absent without a deadline
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record QueuedJob(
        String id,
        String run,
        String task,
        Value assignment,
        @Nullable Long dueAt) {}
