package dev.ratchet.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The validated graph of one revision of a run. Compiled once from a document, content-addressed by the hash of its
 * JSON. Immutable.
 */
public record Plan(PlanPolicy policy, Scope root) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Plan read(PlanJson json) {
        return json.plan();
    }

    @JsonValue
    PlanJson json() {
        return PlanJson.of(this);
    }
}
