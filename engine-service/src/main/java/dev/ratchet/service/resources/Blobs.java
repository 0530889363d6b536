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
            case Value.Stored stored -> stream(blobs, stored.ref(), stored.mimeType());
        };
    }

    /** Never held in memory; never taken for a page of ours by a browser. */
    private static Response stream(BlobStore blobs, String ref, String mimeType) {
        Blob blob = blobs.open(ref);
        StreamingOutput content = out -> {
            try (blob) {
                blob.content().transferTo(out);
            }
        };
        return Response.ok(content, mimeType)
                .header(HttpHeaders.CONTENT_LENGTH, blob.size())
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "sandbox")
                .build();
    }
}
