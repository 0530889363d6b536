package dev.ratchet.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** What the API tells when it is asked for more of a run. */
interface RunsTold {
    /** Empty when the run is not there. */
    Optional<JsonNode> run(String run);

    /** The attempts of a task. */
    JsonNode attempts(String run, String task);
}
