package dev.ratchet.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What depends on a task, directly or not, and how far that has come. Pure. */
final class Dependants {
    private Dependants() {}

    /** One that goes on with what the task came to: whatever it was told cannot be taken back. Absent when none does. */
    static @Nullable TaskView working(RunView view, TaskView task) {
        return first(
                view,
                task,
                target -> target.isInGroup()
                        || target.phase().worksBecauseOfItsSources()
                        || (target.phase().mayBeRecalled() && target.ownAttempts() > 0));
    }

    /** One that has begun with what the task gave, or is over. Absent when none has. */
    static @Nullable TaskView begun(RunView view, TaskView task) {
        return first(view, task, Dependants::hasBegun);
    }

    /** Whether a task has begun, or came to its end otherwise than by a verdict that it does not run. */
    static boolean hasBegun(TaskView task) {
        return task.ownAttempts() > 0
                || task.isInGroup()
                || task.phase().worksBecauseOfItsSources()
                || (task.phase().isSettled() && task.phase() != Phase.SKIPPED);
    }

    /** Those whose verdict followed from the task's end and can be taken back; sources before targets. */
    static List<TaskView> followers(RunView view, TaskView task) {
        Set<String> open = new TreeSet<>(List.of(task.key().id()));
        List<TaskView> followers = new ArrayList<>();
        for (TaskView other : view.topological(task.key().scope())) {
            boolean because =
                    follows(other) && other.node().edges().stream().anyMatch(edge -> open.contains(edge.from()));
            if (because && open.add(other.key().id())) {
                followers.add(other);
            }
        }
        return followers;
    }

    private static boolean follows(TaskView task) {
        return task.phase() == Phase.SKIPPED
                ? task.reason() != SkipReason.REQUESTED
                : task.phase().mayBeRecalled() && task.ownAttempts() == 0;
    }

    private static @Nullable TaskView first(RunView view, TaskView task, Predicate<TaskView> which) {
        return all(view, task).stream().filter(which).findFirst().orElse(null);
    }

    /** All of them, the nearest first. */
    static List<TaskView> all(RunView view, TaskView task) {
        Set<String> seen = new TreeSet<>();
        List<TaskView> all = new ArrayList<>();
        Deque<TaskView> ahead = new ArrayDeque<>(view.targets(task));
        while (!ahead.isEmpty()) {
            TaskView target = ahead.removeFirst();
            if (seen.add(target.key().id())) {
                all.add(target);
                ahead.addAll(view.targets(target));
            }
        }
        return all;
    }
}
