package dev.ratchet.document;

import java.util.List;

/**
 * Tasks and edges, of a run or of the body of a task. Whichever form was sent, edges stand in one list: those of
 * {@code deps} in the order of the tasks that hold them.
 *
 * @param form which spelling was sent: patches must follow it
 * @param pointer to the array of tasks
 * @param edgesPointer to the array of edges; that of the tasks where edges stand in their {@code deps}
 */
public record GraphDocument(
        Form form, String pointer, String edgesPointer, List<TaskDocument> tasks, List<EdgeDocument> edges) {
    public GraphDocument {
        tasks = List.copyOf(tasks);
        edges = List.copyOf(edges);
    }

    /** The two spellings of a graph. */
    public enum Form {
        /** {@code tasks}, each with its {@code deps}. */
        TASKS,
        /** {@code nodes} and {@code edges}. */
        NODES
    }
}
