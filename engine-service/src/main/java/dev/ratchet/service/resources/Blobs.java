package dev.ratchet.service.resources;

import dev.ratchet.document.Json;
import dev.ratchet.run.Value;
import dev.ratchet.task.blob.Blob;
import dev.ratchet.task.blob.BlobStore;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;

/** Streams values. */
final class Blobs {
    private Blobs() {}

    /** The value under its own media type. */
    static Response stream(BlobStore blobs, Value value) {
        return switch (value) {
            case Value.Inline inline ->
                Response.ok(Json.write(inline.json()), MediaType.APPLICATION_JSON)
                        .build();
            case Value.Stored stored -> {
                Blob blob = blobs.open(stored.ref());
                yield stream(new Blob(blob.content(), blob.size(), stored.mimeType()));
            }
        };
    }

    /** Never held in memory; never taken for a page of ours by a browser. Its content was looked at before. */
    static Response stream(Blob blob) {
        StreamingOutput content = out -> {
            try (blob) {
                blob.content().transferTo(out);
            }
        };
        return Response.ok(content, type(blob.mimeType()))
                .header(HttpHeaders.CONTENT_LENGTH, blob.size())
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "sandbox")
                .build();
    }

    /** A type that nobody can read is any. */
    private static MediaType type(String mimeType) {
        try {
            return MediaType.valueOf(mimeType);
        } catch (IllegalArgumentException unreadable) {
            return MediaType.APPLICATION_OCTET_STREAM_TYPE;
        }
    }
}
