package dev.ratchet.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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

    /** The run by its name alone, for whoever need not know what it was given. */
    public RunContext named() {
        return new RunContext(
                id, organization, Map.of(), Value.of(JsonNodeFactory.instance.objectNode()), null, engineVersion);
    }

    /** The id of the run's workflow. */
    public String workflowId() {
        return organization + "/" + id;
    }
}
