package dev.ratchet.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A failed item of a map that collects, opened again: what completed in it keeps what it gave, all that failed, was cancelled
 * or was skipped because of that is tried again or gets another verdict. Pure.
 */
final class FailedItem {
    private FailedItem() {}

    /** @param asked the failed task that somebody asks to be tried again, or to do without: opened in any case */
    static List<RunEvent> opened(RunView view, Reach.OfFailedItem item, TaskView asked, long at) {
        List<RunEvent> events = new ArrayList<>();
        TaskView map = item.map();
        events.add(new RunEvent.ItemReopened(at, map.key(), item.number()));
        if (map.phase() == Phase.COMPLETED) {
            Dependants.followers(view, map).forEach(other -> events.add(new RunEvent.Reopened(at, other.key())));
        }
        Set<String> again = new TreeSet<>();
        for (TaskView task : view.topological(asked.key().scope())) {
            if (task == asked || isBroken(task) || followsFrom(task, again)) {
                again.add(task.key().id());
                events.add(new RunEvent.Reopened(at, task.key()));
            }
        }
        return events;
    }

    /** Whether it has no end that an item could complete with. */
    private static boolean isBroken(TaskView task) {
        return switch (task.phase()) {
            case FAILED -> !task.node().allowFailure();
            case CANCELLED -> true;
            case SKIPPED -> isSkippedByTheEnd(task.reason());
            case COMPLETED -> false;
            case PENDING,
                    DECIDING,
                    DECIDED,
                    PREPARING,
                    QUEUED,
                    AWAITING_BUDGET,
                    GROUPED,
                    RUNNING,
                    DELEGATED,
                    REPEATING,
                    EXECUTING,
                    BACKING_OFF,
                    PARKED ->
                throw new IllegalStateException(
                        "Expected nothing open in an item that ended, but " + task.key() + " is");
        };
    }

    /** What was skipped because of a failure follows from that one, which is opened again itself. */
    private static boolean isSkippedByTheEnd(@org.jspecify.annotations.Nullable SkipReason reason) {
        return switch (reason) {
            case null -> false;
            case UPSTREAM_FAILURE, CONDITION, RULE_NOT_MET, REQUESTED -> false;
            case RUN_FAILED, RUN_ABORTED, RUN_TIMED_OUT, BUDGET -> true;
        };
    }

    private static boolean followsFrom(TaskView task, Set<String> again) {
        return task.phase() == Phase.SKIPPED
                && task.reason() != SkipReason.REQUESTED
                && task.node().edges().stream().anyMatch(edge -> again.contains(edge.from()));
    }
}
