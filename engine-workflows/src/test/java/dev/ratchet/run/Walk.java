package dev.ratchet.run;

import dev.ratchet.testkit.Simulation;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** The ways through the states that some runs went. */
final class Walk {
    final Set<Transitions.TaskEdge> ofTasks = new HashSet<>();
    final Set<Transitions.RunEdge> ofRuns = new HashSet<>();
    final Set<Class<?>> events = new HashSet<>();

    /** Replays a run, event by event. */
    void follow(Simulation run) {
        RunState state = new RunState(run.plan());
        Map<TaskView, TaskStatus> before = new IdentityHashMap<>();
        note(state, before);
        for (RunEvent event : run.events()) {
            RunStatus status = state.status();
            state.apply(event);
            events.add(event.getClass());
            if (state.status() != status) {
                ofRuns.add(new Transitions.RunEdge(status, state.status(), event.getClass()));
            }
            before.forEach((task, was) -> {
                TaskStatus now = task.record().state();
                if (now != was) {
                    ofTasks.add(new Transitions.TaskEdge(was, now, event.getClass()));
                }
            });
            note(state, before);
        }
    }

    private static void note(RunState state, Map<TaskView, TaskStatus> statuses) {
        statuses.clear();
        for (ScopeState scope : state.scopes.values()) {
            for (TaskView task : scope.tasks) {
                statuses.put(task, task.record().state());
            }
        }
    }
}
