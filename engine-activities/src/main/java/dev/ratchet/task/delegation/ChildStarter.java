package dev.ratchet.task.delegation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.task.spi.TaskFailure;
import dev.ratchet.workflow.Parent;

/** Starts runs, as if their documents were submitted. Thread-safe. */
public interface ChildStarter {
    /**
     * Starts a run; when this returns it is durable.
     *
     * @param document a run document without an id
     * @param id of the run
     * @param parent the task that it carries out
     * @return false when there is, or was lately, a run of that id
     * @throws TaskFailure when the document is refused; an unchecked exception when the run cannot be started now
     */
    boolean start(JsonNode document, String id, Parent parent) throws TaskFailure;
}
