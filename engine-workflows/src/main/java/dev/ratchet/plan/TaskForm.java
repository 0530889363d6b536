package dev.ratchet.plan;

import dev.ratchet.document.GraphDocument;
import dev.ratchet.document.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the check of a task's form found out about it.
 *
 * @param quick whether it is known to take next to no time
 * @param steering what it does to other tasks
 * @param body the tasks that it repeats; absent when it repeats none
 * @param graphProblems what its type's inspector reported that is no problem of form
 */
record TaskForm(
        TaskType type,
        boolean quick,
        Steering steering,
        @Nullable BodyForm body,
        List<Problem> graphProblems) {
    TaskForm {
        graphProblems = List.copyOf(graphProblems);
    }

    /** A body whose form was checked: an entry for each task. */
    record BodyForm(GraphDocument graph, List<TaskForm> forms) {}
}
