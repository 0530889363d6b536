package dev.ratchet.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** A JSON value as it travels: itself while it is small, else a reference into the blob store. */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
@JsonSubTypes({@JsonSubTypes.Type(Value.Inline.class), @JsonSubTypes.Type(Value.Stored.class)})
public sealed interface Value {
    /** Small enough for history: the JSON itself. */
    record Inline(@JsonProperty("json") JsonNode json) implements Value {
        public Inline {
            json = json == null ? com.fasterxml.jackson.databind.node.NullNode.getInstance() : json;
        }
    }

    /**
     * Stored before it was reported.
     *
     * @param ref content address in the blob store
     * @param size in bytes
     * @param mimeType {@code application/json} for JSON values
     * @param preview the first characters, for people
     */
    record Stored(
            String ref,
            long size,
            String mimeType,
            @Nullable String preview) implements Value {}

    static Value of(JsonNode json) {
        return new Inline(json);
    }
}
