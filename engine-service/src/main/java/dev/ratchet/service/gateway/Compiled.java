package dev.ratchet.service.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.plan.Plan;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A sound document and what it means.
 *
 * @param document as it was sent
 */
public record Compiled(Head head, JsonNode document, Plan plan) {
    /** What a document says of the run as a whole. */
    public record Head(
            @Nullable String id,
            @Nullable String organization,
            @Nullable String name,
            Map<String, String> labels,
            JsonNode input) {}
}
