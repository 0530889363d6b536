package dev.ratchet.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every task of a run may know of the run.
 *
 * @param conditionFallback true when a condition that cannot be decided counts as false; absent when it is a failure
 * @param contextPolicy the run's context policy as written; absent when none
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RunContext(
        String id,
        String organization,
        Map<String, String> labels,
        Value input,
        @Nullable JsonNode contextPolicy,
        int engineVersion,
        @Nullable Boolean conditionFallback) {
    /** A run in which a condition that cannot be decided is a failure. */
    public RunContext(
            String id,
            String organization,
            Map<String, String> labels,
            Value input,
            @Nullable JsonNode contextPolicy,
            int engineVersion) {
        this(id, organization, labels, input, contextPolicy, engineVersion, null);
    }

    public RunContext {
        labels = labels == null ? Map.of() : java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(labels));
    }

    /** The id of the run's workflow. */
    public String workflowId() {
        return organization + "/" + id;
    }
}
