package dev.ratchet.workflow;

import dev.ratchet.run.Phase;
import dev.ratchet.run.RunView;
import dev.ratchet.run.TaskKey;
import dev.ratchet.run.TaskView;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a timer waits for, in the words its reader sees in Temporal's pages. */
final class DueReason {
    private DueReason() {}

    static String of(RunView run, @Nullable Long due) {
        if (due == null) {
            return "nothing";
        }
        List<TaskKey> tasks = run.closing() == null ? run.due(due) : List.of();
        if (!tasks.isEmpty()) {
            return of(run.task(tasks.getFirst()), tasks.size());
        }
        if (Objects.equals(due, run.closingUntil())) {
            return "end of the grace for tasks in flight";
        }
        return Objects.equals(due, run.runDeadline()) ? "timeout of the run" : "idle timeout of the run";
    }

    private static String of(@Nullable TaskView task, int together) {
        if (task == null) {
            return "a task";
        }
        String others = together > 1 ? " and " + (together - 1) + " more" : "";
        return (task.phase() == Phase.BACKING_OFF ? "next attempt of " : "") + task.key() + others;
    }
}
