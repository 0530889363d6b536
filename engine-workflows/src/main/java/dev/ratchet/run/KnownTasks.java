package dev.ratchet.run;

import dev.ratchet.plan.Body;
import dev.ratchet.plan.Node;
import dev.ratchet.plan.Plan;
import dev.ratchet.plan.Scope;
import org.jspecify.annotations.Nullable;

/** Tasks that a plan has although a run has no entry for them: of turns and items to come, and of those that are over. */
public final class KnownTasks {
    private KnownTasks() {}

    /** The node of a task, whatever its turn or item is at; absent when the plan has none. */
    public static @Nullable Node node(Plan plan, TaskKey key) {
        return node(plan.root(), key);
    }

    private static @Nullable Node node(Scope root, TaskKey key) {
        Scope scope = root;
        if (!key.scope().isEmpty()) {
            Node composite = ScopePath.isPath(key.scope()) ? node(root, ScopePath.composite(key.scope())) : null;
            Body body = composite == null ? null : composite.body();
            if (body == null) {
                return null;
            }
            scope = body.scope();
        }
        int index = scope.indexOf(key.id());
        return index < 0 ? null : scope.node(index);
    }

    /** Whether a task that a run has no entry for was there once: its turn or item has begun. */
    static boolean wasThere(RunView view, TaskKey key) {
        if (key.scope().isEmpty() || node(view.plan(), key) == null) {
            return false;
        }
        TaskKey composite = ScopePath.composite(key.scope());
        TaskView task = view.task(composite);
        if (task == null) {
            return wasThere(view, composite);
        }
        RepetitionView repetition = task.repetition();
        return repetition == null
                ? task.phase().isSettled() && task.ownAttempts() > 0
                : ScopePath.number(key.scope()) < repetition.begun();
    }
}
