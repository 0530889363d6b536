package dev.ratchet.plan;

/**
 * What a run's policy says of tasks that say nothing themselves: kept beside the tasks, which have it filled in, so that
 * the run can show its whole policy.
 *
 * @param retry of tasks and, field by field, of tasks that leave some of it out
 * @param triggerRule of tasks with dependencies
 * @param taskTimeoutMs of each delivery, unless the task or its type has a timeout of its own
 */
public record TaskDefaults(RetryPolicy retry, Policies.TriggerRule triggerRule, long taskTimeoutMs) {
    /** The contract's. */
    public static final TaskDefaults USUAL =
            new TaskDefaults(RetryPolicy.ONCE, Policies.TriggerRule.NONE_FAILED, TaskSpec.DEFAULT_TIMEOUT_MS);
}
