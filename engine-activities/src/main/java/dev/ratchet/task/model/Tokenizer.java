package dev.ratchet.task.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;

/** The public vocabularies that token counts are estimated with. Loaded at first use, then shared; thread-safe. */
public enum Tokenizer {
    @JsonProperty("cl100k")
    CL100K(EncodingType.CL100K_BASE),
    @JsonProperty("o200k")
    O200K(EncodingType.O200K_BASE);

    private static final EncodingRegistry REGISTRY = Encodings.newLazyEncodingRegistry();

    private final EncodingType type;

    Tokenizer(EncodingType type) {
        this.type = type;
    }

    Encoding encoding() {
        return REGISTRY.getEncoding(type);
    }
}
