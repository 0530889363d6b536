package dev.ratchet.run;

import dev.ratchet.plan.Plan;
import dev.ratchet.testkit.Simulation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The ways through the states that some runs went. */
final class Walk {
    final Set<Transitions.TaskEdge> ofTasks = new HashSet<>();
    final Set<Transitions.RunEdge> ofRuns = new HashSet<>();
    final Set<Class<?>> events = new HashSet<>();

    /** Replays a run, event by event. */
    void follow(Simulation run) {
        Plan plan = run.plan();
        RunState state = new RunState(plan);
        List<TaskView> tasks = state.topological(TaskKey.ROOT);
        TaskStatus[] before = new TaskStatus[tasks.size()];
        note(tasks, before);
        for (RunEvent event : run.events()) {
            RunStatus status = state.status();
            state.apply(event);
            events.add(event.getClass());
            if (state.status() != status) {
                ofRuns.add(new Transitions.RunEdge(status, state.status(), event.getClass()));
            }
            for (int i = 0; i < before.length; i++) {
                TaskStatus now = tasks.get(i).record().state();
                if (now != before[i]) {
                    ofTasks.add(new Transitions.TaskEdge(before[i], now, event.getClass()));
                }
            }
            note(tasks, before);
        }
    }

    private static void note(List<TaskView> tasks, TaskStatus[] statuses) {
        for (int i = 0; i < statuses.length; i++) {
            statuses[i] = tasks.get(i).record().state();
        }
    }
}
