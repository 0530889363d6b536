package dev.ratchet.testkit;

import dev.ratchet.document.Money;
import dev.ratchet.plan.Plan;
import dev.ratchet.plan.PlanPolicy;
import dev.ratchet.plan.Policies.OnBudget;
import dev.ratchet.plan.Policies.OnConditionError;
import dev.ratchet.plan.Policies.OnFailure;
import dev.ratchet.plan.Policies.Scheduling;
import dev.ratchet.plan.Policies.TriggerRule;
import dev.ratchet.plan.Scope;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds plans by hand, for tests of what happens after documents are compiled. The defaults are the contract's. */
public final class PlanBuilder {
    private final Map<String, TaskBuilder> tasks = new LinkedHashMap<>();
    private int maxParallelism = PlanPolicy.DEFAULT.maxParallelism();
    private @Nullable Long timeoutMs;
    private @Nullable Long idleTimeoutMs;
    private @Nullable Money budget;
    private OnBudget onBudget = OnBudget.FAIL;
    private OnFailure onFailure = OnFailure.FAIL_FAST;
    private OnConditionError onConditionError = OnConditionError.FAIL;
    private Scheduling scheduling = Scheduling.BATCH;
    private TriggerRule rule = TriggerRule.NONE_FAILED;
    private int tasksPerActivity;

    /** An amount of US dollars. */
    public static Money usd(String amount) {
        return new Money(new BigDecimal(amount), "USD");
    }

    /** Plain dispatched tasks, each after the one before. */
    public static PlanBuilder chain(String... ids) {
        PlanBuilder plan = new PlanBuilder();
        String before = null;
        for (String id : ids) {
            TaskBuilder task = plan.task(id);
            if (before != null) {
                task.after(before);
            }
            before = id;
        }
        return plan;
    }

    /** Adds a task, or finds the one that was added. */
    public TaskBuilder task(String id) {
        return tasks.computeIfAbsent(id, TaskBuilder::new);
    }

    public PlanBuilder maxParallelism(int slots) {
        maxParallelism = slots;
        return this;
    }

    public PlanBuilder timeout(Duration timeout) {
        timeoutMs = timeout.toMillis();
        return this;
    }

    public PlanBuilder idleTimeout(Duration timeout) {
        idleTimeoutMs = timeout.toMillis();
        return this;
    }

    public PlanBuilder budget(String amount) {
        budget = usd(amount);
        return this;
    }

    public PlanBuilder onBudget(OnBudget policy) {
        onBudget = policy;
        return this;
    }

    public PlanBuilder onFailure(OnFailure policy) {
        onFailure = policy;
        return this;
    }

    public PlanBuilder onConditionError(OnConditionError policy) {
        onConditionError = policy;
        return this;
    }

    public PlanBuilder scheduling(Scheduling kind) {
        scheduling = kind;
        return this;
    }

    /** The trigger rule of tasks that name none. */
    public PlanBuilder rule(TriggerRule everywhere) {
        rule = everywhere;
        return this;
    }

    public PlanBuilder tasksPerActivity(int count) {
        tasksPerActivity = count;
        return this;
    }

    public PlanPolicy policy() {
        return new PlanPolicy(
                maxParallelism,
                timeoutMs,
                idleTimeoutMs,
                budget,
                onBudget,
                onFailure,
                onConditionError,
                scheduling,
                tasksPerActivity,
                null);
    }

    public Plan build() {
        return new Plan(policy(), scope());
    }

    public Scope scope() {
        List<TaskBuilder> all = List.copyOf(tasks.values());
        all.forEach(TaskBuilder::forgetQuestions);
        all.forEach(target -> target.ask(tasks));
        return new Scope(all.stream().map(task -> task.build(rule)).toList());
    }
}
