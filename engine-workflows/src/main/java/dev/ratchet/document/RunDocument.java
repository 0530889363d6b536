package dev.ratchet.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run document, sound in form, as it was written: nothing is resolved, no default filled in. Immutable.
 *
 * @param about what says which run this is
 * @param input the run's input; {@code {}} when the document has none
 * @param memory text that precedes every prompt
 * @param policy what the document says about it; nothing when it says nothing
 * @param graph tasks and edges
 */
public record RunDocument(
        About about, JsonNode input, List<String> memory, PolicyDocument policy, GraphDocument graph) {
    public RunDocument {
        memory = List.copyOf(memory);
    }

    /**
     * What says which run this is.
     *
     * @param id absent when the engine makes one
     * @param organization absent when the caller's counts
     */
    public record About(
            @Nullable String id,
            @Nullable String name,
            Map<String, String> labels,
            @Nullable String organization) {
        public About {
            labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        }
    }
}
