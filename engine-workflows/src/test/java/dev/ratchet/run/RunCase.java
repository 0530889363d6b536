package dev.ratchet.run;

import dev.ratchet.plan.Plan;
import dev.ratchet.plan.Policies.OnBudget;
import dev.ratchet.plan.Policies.OnConditionError;
import dev.ratchet.plan.Policies.OnFailure;
import dev.ratchet.plan.Policies.Scheduling;
import dev.ratchet.testkit.PlanBuilder;
import dev.ratchet.testkit.Script;
import dev.ratchet.testkit.Simulation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A generated run: its graph, its policy, and how each task behaves.
 *
 * @param budget cents that it may spend; -1 without limit
 */
record RunCase(
        List<TaskCase> tasks,
        OnFailure onFailure,
        OnConditionError onConditionError,
        Scheduling scheduling,
        int maxParallelism,
        int tasksPerActivity,
        int budget,
        OnBudget onBudget) {
    Plan plan() {
        PlanBuilder plan = new PlanBuilder()
                .onFailure(onFailure)
                .onConditionError(onConditionError)
                .scheduling(scheduling)
                .maxParallelism(maxParallelism)
                .tasksPerActivity(tasksPerActivity)
                .onBudget(onBudget);
        if (budget >= 0) {
            plan.budget(TaskCase.cents(budget));
        }
        tasks.forEach(task -> task.addTo(plan.task(task.id())));
        return plan.build();
    }

    /** A run of it; the seed decides in which order things come back. */
    Simulation simulation(long seed) {
        return simulation(plan(), seed);
    }

    Simulation simulation(Plan plan, long seed) {
        Simulation run = new Simulation(plan, seed);
        Map<String, List<Answer>> answers = answers();
        tasks.forEach(task -> run.script(task.id(), task.script(answers.getOrDefault(task.id(), List.of()))));
        return run;
    }

    /** How each task behaves. */
    Map<String, Script> scripts() {
        Map<String, Script> scripts = new HashMap<>();
        Map<String, List<Answer>> answers = answers();
        tasks.forEach(task -> scripts.put(task.id(), task.script(answers.getOrDefault(task.id(), List.of()))));
        return scripts;
    }

    /** The same, told to the oracle. */
    Map<String, NaiveOracle.Behaviour> behaviours() {
        Map<String, List<Answer>> answers = answers();
        Map<String, NaiveOracle.Behaviour> behaviours = new HashMap<>();
        for (TaskCase task : tasks) {
            List<Answer> late = task.edges().stream()
                    .filter(edge -> edge.kind() == TaskCase.EdgeCase.Kind.LATE)
                    .map(TaskCase.EdgeCase::answer)
                    .toList();
            behaviours.put(
                    task.id(),
                    new NaiveOracle.Behaviour(
                            task.endsFailed(),
                            answers.getOrDefault(task.id(), List.of()),
                            task.when() == null ? Answer.YES : task.when(),
                            late));
        }
        return behaviours;
    }

    /** What each task answers its out-edges, in the order in which a plan asks: target by target, edge by edge. */
    private Map<String, List<Answer>> answers() {
        Map<String, List<Answer>> answers = new HashMap<>();
        tasks.forEach(task -> answers.put(task.id(), new ArrayList<>()));
        for (TaskCase task : tasks) {
            for (TaskCase.EdgeCase edge : task.edges()) {
                boolean asks =
                        edge.kind() == TaskCase.EdgeCase.Kind.PORT || edge.kind() == TaskCase.EdgeCase.Kind.CONDITION;
                List<Answer> ofSource = answers.get(edge.from());
                if (asks && ofSource != null) {
                    ofSource.add(edge.answer());
                }
            }
        }
        return answers;
    }

    /** Whether the first attempt of a task fails and may be followed by another: not once the run closes. */
    boolean retries(String id) {
        return task(id).failures() > 0;
    }

    TaskCase task(String id) {
        return tasks.stream().filter(task -> task.id().equals(id)).findFirst().orElseThrow();
    }

    RunCase withTasks(List<TaskCase> others) {
        return new RunCase(
                others, onFailure, onConditionError, scheduling, maxParallelism, tasksPerActivity, budget, onBudget);
    }

    RunCase with(OnFailure policy) {
        return new RunCase(
                tasks, policy, onConditionError, scheduling, maxParallelism, tasksPerActivity, budget, onBudget);
    }

    RunCase with(Scheduling kind) {
        return new RunCase(
                tasks, onFailure, onConditionError, kind, maxParallelism, tasksPerActivity, budget, onBudget);
    }

    RunCase withBudget(int cents, OnBudget policy) {
        return new RunCase(
                tasks, onFailure, onConditionError, scheduling, maxParallelism, tasksPerActivity, cents, policy);
    }

    RunCase withoutGroups() {
        return withTasks(tasks.stream().map(task -> task.withGroup(null)).toList());
    }
}
