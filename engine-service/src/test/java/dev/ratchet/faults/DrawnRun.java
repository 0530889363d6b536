package dev.ratchet.faults;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A document that chance wrote, with what its author knows of it.
 *
 * @param tasks those of the document itself, each after those that it depends on
 * @param atMs when that happens, since the run was accepted
 * @param about the task that it is about
 */
record DrawnRun(String id, ObjectNode document, List<DrawnTask> tasks, Meddling meddling, int atMs, String about) {
    DrawnRun {
        tasks = List.copyOf(tasks);
    }

    boolean has(String task) {
        return tasks.stream().anyMatch(each -> each.id().equals(task));
    }
}
