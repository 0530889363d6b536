package dev.ratchet.task.blob;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.run.Value;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Keeps values that are too large to travel. Content-addressed: the reference of a blob is the SHA-256 of its bytes, so
 * storing the same bytes again changes nothing and what a reference names never changes. When {@code put} returned, the
 * blob survives a crash of every process. Thread-safe, and usable by several processes on one store.
 *
 * <p>Everything throws {@link BlobException}, whose reason says whether another try may help.
 */
public interface BlobStore {
    /** Bytes of the largest blob: 64 MB (contract, part 10). */
    long MAX_BYTES = 64L * 1024 * 1024;

    String JSON = "application/json";

    /**
     * Stores the rest of the stream, which the caller closes.
     *
     * @param mimeType kept beside the content; where the same content is there already, the first type stays
     */
    Value.Stored put(InputStream content, String mimeType);

    /**
     * Notes that a blob is somebody's, apart from all blobs: no content that anybody stores can say so. Durable when this
     * returns.
     *
     * @param mimeType the type it has for them
     */
    void grant(String owner, String ref, String mimeType);

    /** The type that a blob has for somebody; empty when it is not theirs. */
    Optional<String> granted(String owner, String ref);

    /**
     * Opens a blob whose content fits its address: it was hashed before this returns. Not found and damaged are exceptions,
     * never an empty or another blob.
     */
    Blob open(String ref);

    /**
     * The whole content of a blob, which fits its address.
     *
     * @throws BlobException too large above {@code maxBytes}
     */
    default byte[] read(String ref, long maxBytes) {
        try (Blob blob = open(ref)) {
            if (blob.size() > maxBytes) {
                throw BlobException.tooLarge(maxBytes);
            }
            return blob.content().readAllBytes();
        } catch (IOException e) {
            throw BlobException.unavailable(e);
        }
    }

    default Value.Stored put(byte[] content, String mimeType) {
        return put(new ByteArrayInputStream(content), mimeType);
    }

    /** Stores a JSON value with a preview of it. */
    default Value.Stored putJson(JsonNode json) {
        Value.Stored stored = put(JsonBytes.of(json, MAX_BYTES), JSON);
        return new Value.Stored(stored.ref(), stored.size(), JSON, JsonBytes.preview(json));
    }

    /** Reads a JSON value of at most {@code maxBytes} whole. */
    default JsonNode getJson(String ref, long maxBytes) {
        return getJson(ref, maxBytes, JsonNode.class);
    }

    /** The same as a type of ours; what does not fit it is unreadable. */
    default <T> T getJson(String ref, long maxBytes, Class<T> type) {
        try {
            T value = parsed(read(ref, maxBytes), type);
            if (value == null) {
                throw new IOException("Expected a value, but there was none");
            }
            return value;
        } catch (IOException e) {
            throw BlobException.unreadable(ref, e);
        }
    }

    default JsonNode getJson(String ref) {
        return getJson(ref, MAX_BYTES);
    }

    /** Names with half a character in them are read as characters only, not as bytes. */
    private static <T> T parsed(byte[] bytes, Class<T> type) throws IOException {
        try {
            return Json.mapper().readValue(bytes, type);
        } catch (IOException notAsBytes) {
            return Json.mapper().readValue(new String(bytes, StandardCharsets.UTF_8), type);
        }
    }
}
