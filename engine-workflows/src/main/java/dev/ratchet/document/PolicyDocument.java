package dev.ratchet.document;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A {@code policy} as written; what is absent is left to configuration, and after that to the contract's defaults. Values
 * of closed choices are known to be among them.
 *
 * @param limits bounds in numbers
 * @param choices closed choices, by their wire names
 * @param retry default of the tasks
 * @param contextPolicy the fields that were written
 */
public record PolicyDocument(Limits limits, Choices choices, RetryDocument retry, ObjectNode contextPolicy) {
    /** Says nothing. */
    public static final PolicyDocument NONE = new PolicyDocument(
            new Limits(null, null, null, null, null, null),
            new Choices(null, null, null, null, null),
            RetryDocument.NONE,
            JsonNodeFactory.instance.objectNode());

    /** This, and where it says nothing, the other; field by field, also inside of {@code retry} and the context policy. */
    public PolicyDocument over(PolicyDocument other) {
        ObjectNode context = other.contextPolicy.deepCopy();
        context.setAll(contextPolicy);
        return new PolicyDocument(
                limits.over(other.limits), choices.over(other.choices), retry.over(other.retry), context);
    }

    /**
     * Bounds in numbers.
     *
     * @param tasksPerActivity 0 for {@code auto}
     */
    public record Limits(
            @Nullable Integer maxParallelism,
            @Nullable Long timeoutMs,
            @Nullable Long idleTimeoutMs,
            @Nullable Long taskTimeoutMs,
            @Nullable Located<Money> budget,
            @Nullable Integer tasksPerActivity) {
        Limits over(Limits other) {
            return new Limits(
                    maxParallelism == null ? other.maxParallelism : maxParallelism,
                    timeoutMs == null ? other.timeoutMs : timeoutMs,
                    idleTimeoutMs == null ? other.idleTimeoutMs : idleTimeoutMs,
                    taskTimeoutMs == null ? other.taskTimeoutMs : taskTimeoutMs,
                    budget == null ? other.budget : budget,
                    tasksPerActivity == null ? other.tasksPerActivity : tasksPerActivity);
        }
    }

    /** Closed choices, by their wire names. */
    public record Choices(
            @Nullable String onBudget,
            @Nullable String onFailure,
            @Nullable String onConditionError,
            @Nullable String triggerRule,
            @Nullable String scheduling) {
        Choices over(Choices other) {
            return new Choices(
                    onBudget == null ? other.onBudget : onBudget,
                    onFailure == null ? other.onFailure : onFailure,
                    onConditionError == null ? other.onConditionError : onConditionError,
                    triggerRule == null ? other.triggerRule : triggerRule,
                    scheduling == null ? other.scheduling : scheduling);
        }
    }
}
