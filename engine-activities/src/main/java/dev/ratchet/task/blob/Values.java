package dev.ratchet.task.blob;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.run.Value;
import java.nio.charset.StandardCharsets;

/** Turns JSON into values that travel and back. Thread-safe. */
public final class Values {
    /** What expressions see of a stored value: all of it, up to 4 MB (contract, part 2). */
    public static final long EXPRESSION_BYTES = 4L * 1024 * 1024;

    /** What a reference with its preview takes at least: to store less would make it more. */
    static final int REFERENCE_BYTES = 320;

    private final BlobStore blobs;

    public Values(BlobStore blobs) {
        this.blobs = blobs;
    }

    /** A value, and how many bytes its JSON takes. */
    public record Kept(Value value, long size) {}

    /**
     * The value itself when its JSON takes at most {@code allowance} bytes, or no more than a reference would; else a
     * reference to it, stored by then.
     *
     * @throws BlobException too large above {@link BlobStore#MAX_BYTES}, unavailable when it cannot be stored now
     */
    public Kept keep(JsonNode json, int allowance) {
        byte[] bytes = JsonBytes.of(json, BlobStore.MAX_BYTES);
        if (bytes.length <= Math.max(allowance, REFERENCE_BYTES)) {
            return new Kept(Value.of(json), bytes.length);
        }
        Value.Stored stored = blobs.put(bytes, BlobStore.JSON);
        return new Kept(
                new Value.Stored(stored.ref(), stored.size(), BlobStore.JSON, JsonBytes.preview(json)), bytes.length);
    }

    /**
     * The JSON of a value as expressions see it.
     *
     * @throws BlobException too large above {@link #EXPRESSION_BYTES}
     */
    public JsonNode load(Value value) {
        return load(value, EXPRESSION_BYTES);
    }

    /**
     * The JSON of a value: of stored JSON the value, of stored text the text, of anything else what a task can know of it,
     * {@code {ref, size, mime_type}}.
     */
    public JsonNode load(Value value, long maxBytes) {
        return switch (value) {
            case Value.Inline inline -> inline.json();
            case Value.Stored stored -> load(stored, maxBytes);
        };
    }

    private JsonNode load(Value.Stored stored, long maxBytes) {
        if (isJson(stored.mimeType())) {
            return blobs.getJson(stored.ref(), maxBytes);
        }
        return stored.mimeType().startsWith("text/") ? text(stored, maxBytes) : describe(stored);
    }

    private JsonNode text(Value.Stored stored, long maxBytes) {
        return JsonNodeFactory.instance.textNode(
                new String(blobs.read(stored.ref(), maxBytes), StandardCharsets.UTF_8));
    }

    /** How outputs and answers name a stored value. */
    public static JsonNode describe(Value.Stored stored) {
        ObjectNode description = JsonNodeFactory.instance.objectNode();
        return description
                .put("ref", stored.ref())
                .put("size", Math.toIntExact(stored.size()))
                .put("mime_type", stored.mimeType());
    }

    /** Whether a stored value of that type is read as JSON. */
    public static boolean isJson(String mimeType) {
        String plain = mimeType.split(";", 2)[0].strip();
        return plain.equals(BlobStore.JSON) || plain.endsWith("+json");
    }
}
