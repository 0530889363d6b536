package dev.ratchet.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Money;
import org.jspecify.annotations.Nullable;

/**
 * The policy a run has, every default filled in.
 *
 * @param maxParallelism attempts on workers at the same time, 1..500
 * @param timeoutMs of the whole run, absent when there is none
 * @param idleTimeoutMs how long nothing may happen, absent when there is no limit
 * @param budgetLimit absent when the run may spend without limit
 * @param tasksPerActivity 1..64, or 0 for {@code auto}
 * @param contextPolicy as written, for the workers that build prompts
 * @param taskDefaults what tasks that say nothing took over; every task of the plan has its own already
 */
public record PlanPolicy(
        int maxParallelism,
        @Nullable Long timeoutMs,
        @Nullable Long idleTimeoutMs,
        @Nullable Money budgetLimit,
        Policies.OnBudget onBudget,
        Policies.OnFailure onFailure,
        Policies.OnConditionError onConditionError,
        Policies.Scheduling scheduling,
        int tasksPerActivity,
        @Nullable JsonNode contextPolicy,

        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = LeftOut.OfTasks.class)
        TaskDefaults taskDefaults) {
    /** Sixteen in parallel, batches, fail fast, no limits: the contract's defaults. */
    public static final PlanPolicy DEFAULT = new PlanPolicy(
            16,
            null,
            null,
            null,
            Policies.OnBudget.FAIL,
            Policies.OnFailure.FAIL_FAST,
            Policies.OnConditionError.FAIL,
            Policies.Scheduling.BATCH,
            0,
            null);

    public PlanPolicy {
        taskDefaults = taskDefaults == null ? TaskDefaults.USUAL : taskDefaults;
    }

    /** The policy of a run whose tasks have the contract's defaults. */
    public PlanPolicy(
            int maxParallelism,
            @Nullable Long timeoutMs,
            @Nullable Long idleTimeoutMs,
            @Nullable Money budgetLimit,
            Policies.OnBudget onBudget,
            Policies.OnFailure onFailure,
            Policies.OnConditionError onConditionError,
            Policies.Scheduling scheduling,
            int tasksPerActivity,
            @Nullable JsonNode contextPolicy) {
        this(
                maxParallelism,
                timeoutMs,
                idleTimeoutMs,
                budgetLimit,
                onBudget,
                onFailure,
                onConditionError,
                scheduling,
                tasksPerActivity,
                contextPolicy,
                TaskDefaults.USUAL);
    }
}
