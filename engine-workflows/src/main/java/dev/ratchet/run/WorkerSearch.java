package dev.ratchet.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Whether there is a worker for what was handed to a queue of its own. Pure. */
final class WorkerSearch {
    /** Workers that are there take what they are handed within seconds. */
    private static final long FIRST_MS = 10_000;

    private static final long LONGEST_MS = 10L * 60 * 1_000;

    private WorkerSearch() {}

    /** How long to wait before somebody looks again: as long as it took so far. */
    static long pause(long waitedMs) {
        return Math.clamp(waitedMs, FIRST_MS, LONGEST_MS);
    }

    /** One look at each queue, however many attempts are in it. */
    static List<RunEvent> due(List<TaskView> tasks, long at) {
        Map<String, List<TaskKey>> queues = new TreeMap<>();
        for (TaskView task : tasks) {
            queues.computeIfAbsent(Objects.requireNonNull(task.node().taskQueue()), queue -> new ArrayList<>())
                    .add(task.key());
        }
        List<RunEvent> events = new ArrayList<>();
        queues.forEach((queue, keys) -> events.add(new RunEvent.WorkerSought(at, queue, keys)));
        return events;
    }

    /** Readers hear of it only when it changed, and only of attempts that have waited long enough to be looked for. */
    static List<RunEvent> seen(RunView view, RunInput.QueueSeen in) {
        List<TaskView> waited = view.handedTo(in.taskQueue()).stream()
                .filter(task -> in.at() - task.handedAt() >= FIRST_MS)
                .toList();
        return switch (in.workers()) {
            case NONE -> {
                List<TaskKey> missing = keys(waited, task -> !task.isUnpolled());
                yield missing.isEmpty() ? List.of() : List.of(new RunEvent.WorkerMissed(in.at(), missing));
            }
            case BUSY -> {
                List<TaskKey> found = keys(waited, TaskView::isUnpolled);
                yield found.isEmpty() ? List.of() : List.of(new RunEvent.WorkerFound(in.at(), found, false));
            }
            case BEGUN -> {
                List<TaskKey> begun = keys(waited, task -> task.dueAt() != null);
                yield begun.isEmpty() ? List.of() : List.of(new RunEvent.WorkerFound(in.at(), begun, true));
            }
            case UNKNOWN -> List.of();
        };
    }

    private static List<TaskKey> keys(List<TaskView> tasks, Predicate<TaskView> which) {
        return tasks.stream().filter(which).map(TaskView::key).toList();
    }
}
