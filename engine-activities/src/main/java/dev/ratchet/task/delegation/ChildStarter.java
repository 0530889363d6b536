package dev.ratchet.task.delegation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.task.spi.TaskFailure;
import dev.ratchet.workflow.Parent;

/** Starts runs, as if their documents were submitted. Thread-safe. */
public interface ChildStarter {
    /**
     * Starts a run, or finds the one that was started so before; when this returns it is durable.
     *
     * @param document a run document without an id
     * @param id of the run
     * @param parent the task that it carries out
     * @return false when there is, or was lately, the run that was started so
     * @throws TaskFailure when the document is refused, or another run has that id; an unchecked exception when the run cannot be started now
     */
    boolean start(JsonNode document, String id, Parent parent) throws TaskFailure;

    /** Whether a run of that id is there, and was started for that attempt of that task: an id alone proves nothing. */
    boolean isChild(String id, Parent parent);
}
