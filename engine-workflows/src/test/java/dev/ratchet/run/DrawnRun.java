package dev.ratchet.run;

import dev.ratchet.plan.Plan;
import dev.ratchet.plan.Policies.OnBudget;
import dev.ratchet.plan.Policies.OnConditionError;
import dev.ratchet.plan.Policies.OnFailure;
import dev.ratchet.plan.Policies.Scheduling;
import dev.ratchet.run.TaskCase.EdgeCase;
import dev.ratchet.testkit.PlanBuilder;
import dev.ratchet.testkit.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A drawn run with everything in it: its graph, bodies within bodies, its policy, and how each task behaves. Plain values, so
 * that it travels as JSON.
 *
 * @param budget cents that it may spend; -1 without limit
 * @param timeoutMs of the run; 0 without limit
 * @param idleTimeoutMs of the run; 0 without limit
 */
record DrawnRun(
        List<DrawnTask> tasks,
        OnFailure onFailure,
        OnConditionError onConditionError,
        Scheduling scheduling,
        int maxParallelism,
        int tasksPerActivity,
        int budget,
        OnBudget onBudget,
        long timeoutMs,
        long idleTimeoutMs) {
    Plan plan() {
        PlanBuilder plan = builder(tasks)
                .onFailure(onFailure)
                .onConditionError(onConditionError)
                .scheduling(scheduling)
                .maxParallelism(maxParallelism)
                .tasksPerActivity(tasksPerActivity)
                .onBudget(onBudget);
        if (budget >= 0) {
            plan.budget(TaskCase.cents(budget));
        }
        if (timeoutMs > 0) {
            plan.timeout(Duration.ofMillis(timeoutMs));
        }
        if (idleTimeoutMs > 0) {
            plan.idleTimeout(Duration.ofMillis(idleTimeoutMs));
        }
        return plan.build();
    }

    static PlanBuilder builder(List<DrawnTask> tasks) {
        PlanBuilder plan = new PlanBuilder();
        tasks.forEach(task -> task.addTo(plan.task(task.id())));
        return plan;
    }

    /** How each task behaves. Ids are drawn once for all bodies together. */
    Function<TaskKey, Script> casting() {
        Map<String, DrawnTask> byId = new HashMap<>();
        Map<String, List<Answer>> answers = new HashMap<>();
        collect(tasks, byId, answers);
        Map<TaskKey, Script> scripts = new HashMap<>();
        return key -> scripts.computeIfAbsent(key, fresh -> {
            DrawnTask task = byId.get(fresh.id());
            return task == null ? Script.COMPLETES : task.script(fresh, answers.getOrDefault(fresh.id(), List.of()));
        });
    }

    /** What each task answers its out-edges, in the order in which a plan asks: target by target, edge by edge. */
    private static void collect(List<DrawnTask> tasks, Map<String, DrawnTask> byId, Map<String, List<Answer>> answers) {
        for (DrawnTask task : tasks) {
            byId.put(task.id(), task);
            for (DrawnTask.Dep dep : task.deps()) {
                if (dep.kind() == EdgeCase.Kind.PORT || dep.kind() == EdgeCase.Kind.CONDITION) {
                    answers.computeIfAbsent(dep.from(), from -> new ArrayList<>())
                            .add(dep.answer());
                }
            }
            if (task.body() != null) {
                collect(task.body().tasks(), byId, answers);
            }
        }
    }

    DrawnRun withTasks(List<DrawnTask> others) {
        return new DrawnRun(
                others,
                onFailure,
                onConditionError,
                scheduling,
                maxParallelism,
                tasksPerActivity,
                budget,
                onBudget,
                timeoutMs,
                idleTimeoutMs);
    }

    /** The same graph with the contract's usual policy, but for what decides about failures. */
    DrawnRun plainer() {
        return new DrawnRun(
                tasks, onFailure, OnConditionError.FAIL, Scheduling.DATAFLOW, 16, 1, -1, OnBudget.FAIL, 0, 0);
    }

    /** The same graph without limits of money and time. */
    DrawnRun unlimited() {
        return new DrawnRun(
                tasks,
                onFailure,
                onConditionError,
                scheduling,
                maxParallelism,
                tasksPerActivity,
                -1,
                OnBudget.FAIL,
                0,
                0);
    }

    DrawnRun with(Scheduling kind) {
        return new DrawnRun(
                tasks,
                onFailure,
                onConditionError,
                kind,
                maxParallelism,
                tasksPerActivity,
                budget,
                onBudget,
                timeoutMs,
                idleTimeoutMs);
    }
}
