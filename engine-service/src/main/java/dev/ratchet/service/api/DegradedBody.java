package dev.ratchet.service.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.service.gateway.Damage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether an answer is all that there is.
 *
 * @param degraded true when it is not; else absent
 * @param problems the stored values that it is without: {@code {code, kind, ref, message}}
 */
public record DegradedBody(
        @Nullable Boolean degraded,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<JsonNode> problems) {
    private static final DegradedBody WHOLE = new DegradedBody(null, List.of());

    public static DegradedBody of(List<Damage> problems) {
        return problems.isEmpty() ? WHOLE : told(problems);
    }

    /** Of an answer that Temporal alone gave. */
    static DegradedBody told(List<Damage> problems) {
        return new DegradedBody(
                true, problems.stream().distinct().map(Damage::json).toList());
    }
}
