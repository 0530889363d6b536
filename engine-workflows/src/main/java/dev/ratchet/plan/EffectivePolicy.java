package dev.ratchet.plan;

import dev.ratchet.document.Located;
import dev.ratchet.document.Money;
import dev.ratchet.document.PolicyDocument;
import dev.ratchet.document.RetryDocument;
import dev.ratchet.document.TaskDocument;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A run's policy with every default filled in: the document's, else the configuration's, else the contract's. For a task's
 * timeout the type's own default stands between document and configuration.
 */
final class EffectivePolicy {
    private final PolicyDocument written;
    private final PolicyDocument merged;
    private final int parallelism;

    /** @param parallelism what a run that says nothing of it may have at most */
    EffectivePolicy(PolicyDocument written, PolicyDocument defaults, int parallelism) {
        this.parallelism = parallelism;
        this.written = written;
        this.merged = written.over(defaults);
    }

    PlanPolicy plan() {
        PolicyDocument.Limits limits = merged.limits();
        PolicyDocument.Choices choices = merged.choices();
        PlanPolicy none = PlanPolicy.DEFAULT;
        Located<Money> budget = limits.budget();
        return new PlanPolicy(
                orElse(limits.maxParallelism(), Math.min(none.maxParallelism(), parallelism)),
                limits.timeoutMs(),
                limits.idleTimeoutMs(),
                budget == null ? null : budget.value(),
                choice(choices.onBudget(), none.onBudget()),
                onFailure(),
                choice(choices.onConditionError(), none.onConditionError()),
                choice(choices.scheduling(), none.scheduling()),
                orElse(limits.tasksPerActivity(), none.tasksPerActivity()),
                merged.contextPolicy().isEmpty() ? null : merged.contextPolicy(),
                new TaskDefaults(retry(merged.retry()), rule(), taskTimeoutMs()));
    }

    Policies.OnFailure onFailure() {
        return choice(merged.choices().onFailure(), PlanPolicy.DEFAULT.onFailure());
    }

    /** The run's budget with its place in the document; absent when the document says nothing of it. */
    @Nullable
    Located<Money> writtenBudget() {
        return written.limits().budget();
    }

    /** Whether the run has a limit, whoever set it. */
    boolean hasBudget() {
        return merged.limits().budget() != null;
    }

    /** The parallelism that the document itself asks for. */
    @Nullable
    Integer writtenParallelism() {
        return written.limits().maxParallelism();
    }

    @Nullable
    Located<Money> budget() {
        return merged.limits().budget();
    }

    /** The rule of a task that names none. */
    Policies.TriggerRule rule() {
        return choice(merged.choices().triggerRule(), Policies.TriggerRule.NONE_FAILED);
    }

    Policies.TriggerRule rule(TaskDocument task) {
        return choice(task.options().triggerRule(), rule());
    }

    RetryPolicy retry(TaskDocument task) {
        RetryDocument own = task.options().retry();
        return retry(own == null ? merged.retry() : own.over(merged.retry()));
    }

    private static RetryPolicy retry(RetryDocument retry) {
        RetryPolicy none = RetryPolicy.ONCE;
        return new RetryPolicy(
                orElse(retry.maxAttempts(), none.maxAttempts()),
                orElse(retry.initialIntervalMs(), none.initialIntervalMs()),
                orElse(retry.backoff(), none.backoff()),
                orElse(retry.maxIntervalMs(), none.maxIntervalMs()),
                orElse(retry.retryOn(), none.retryOn()));
    }

    long timeoutMs(TaskDocument task, TaskType type) {
        Long own = task.options().timeoutMs();
        Long run = own == null ? written.limits().taskTimeoutMs() : own;
        Long ofType = run == null ? type.defaultTimeoutMs() : run;
        return orElse(ofType, taskTimeoutMs());
    }

    private long taskTimeoutMs() {
        return orElse(merged.limits().taskTimeoutMs(), TaskSpec.DEFAULT_TIMEOUT_MS);
    }

    private static <T> T orElse(@Nullable T value, T other) {
        return value == null ? other : value;
    }

    private static <E extends Enum<E>> E choice(@Nullable String wire, E other) {
        return wire == null ? other : Enum.valueOf(other.getDeclaringClass(), wire.toUpperCase(Locale.ROOT));
    }
}
