package dev.ratchet.service.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.run.Value;
import org.jspecify.annotations.Nullable;

/** An output: itself while it is small, else where it is stored and how it begins. */
public record OutputBody(
        @Nullable JsonNode output,
        @Nullable Ref outputRef,
        @Nullable String preview) {
    /** A stored value; {@code size} in bytes. */
    public record Ref(String ref, long size, String mimeType) {}

    static OutputBody of(Value value) {
        return switch (value) {
            case Value.Inline inline -> new OutputBody(inline.json(), null, null);
            case Value.Stored stored ->
                new OutputBody(null, new Ref(stored.ref(), stored.size(), stored.mimeType()), stored.preview());
        };
    }
}
