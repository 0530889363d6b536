package dev.ratchet.run;

import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which tasks wait until a time, soonest first. */
final class Agenda {
    private final TreeSet<Due> dues = new TreeSet<>();

    /** Sets or clears the time a task waits for. */
    void set(TaskState task, @Nullable Long dueAt) {
        if (task.dueAt != null) {
            dues.remove(new Due(task.dueAt, task.key));
        }
        task.dueAt = dueAt;
        if (dueAt != null) {
            dues.add(new Due(dueAt, task.key));
        }
    }

    boolean isEmpty() {
        return dues.isEmpty();
    }

    /** The soonest time; absent when nothing is due, ever. */
    @Nullable
    Long next() {
        return dues.isEmpty() ? null : (Long) dues.first().at();
    }

    /** What is due by a time, in order of due time and key. */
    List<TaskKey> by(long at) {
        return dues.headSet(new Due(at + 1, TaskKey.root(""))).stream()
                .map(Due::key)
                .toList();
    }

    /** The earlier of two times, either of which may be absent. */
    static @Nullable Long earlier(@Nullable Long a, @Nullable Long b) {
        return a == null ? b : b == null ? a : (Long) Math.min(a, b);
    }
}
