package dev.ratchet.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of what readers are told of tasks: as much as an answer holds.
 *
 * @param weight of the tasks, in bytes
 * @param last the task that the next part begins after; absent when there is none
 */
public record TaskPart(
        List<TaskRecord> tasks, long weight, @Nullable TaskKey last) {
    /** No tasks, and none to come. */
    public static final TaskPart NONE = new TaskPart(List.of(), 0, null);

    public TaskPart {
        tasks = List.copyOf(tasks);
    }

    /**
     * The tasks that are neither untouched nor sealed and changed after a version, by scope and in the order of the plan:
     * as many as weigh so much together, but at least one.
     *
     * @param after the task where the last part ended
     */
    static TaskPart of(Collection<ScopeState> scopes, long since, @Nullable TaskKey after, long most) {
        List<TaskRecord> tasks = new ArrayList<>();
        long weight = 0;
        for (ScopeState scope : scopes) {
            for (TaskState task : behind(scope, after)) {
                if (task.version <= since || task.sealed) {
                    continue;
                }
                if (!tasks.isEmpty() && weight + task.weight() > most) {
                    return new TaskPart(tasks, weight, tasks.getLast().key());
                }
                tasks.add(task.record());
                weight += task.weight();
            }
        }
        return new TaskPart(tasks, weight, null);
    }

    private static List<TaskState> behind(ScopeState scope, @Nullable TaskKey after) {
        int order = after == null ? 1 : ScopePath.ORDER.compare(scope.path(), after.scope());
        if (after == null || order > 0) {
            return scope.tasks;
        }
        return order < 0 ? List.of() : scope.tasks.subList(scope.scope.indexOf(after.id()) + 1, scope.tasks.size());
    }
}
