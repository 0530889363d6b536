package dev.ratchet.workflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * Where a run's plan is: inside, when it is small (128 KB), else in the blob store under its hash.
 *
 * @param hash SHA-256 of the plan's JSON, in hex; the blob's reference
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PlanRef(String hash, @Nullable JsonNode inline) {
    PlanRef packed() {
        return inline == null ? this : new PlanRef(hash, Packed.json(inline));
    }
}
