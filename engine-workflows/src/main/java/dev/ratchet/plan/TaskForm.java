package dev.ratchet.plan;

import dev.ratchet.document.Problem;
import java.util.List;

/**
 * What the check of a task's form found out about it.
 *
 * @param quick whether it is known to take next to no time
 * @param graphProblems what its type's inspector reported that is no problem of form
 */
record TaskForm(TaskType type, boolean quick, List<Problem> graphProblems) {
    TaskForm {
        graphProblems = List.copyOf(graphProblems);
    }
}
