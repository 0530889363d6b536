package dev.ratchet.service.resources;

import dev.ratchet.task.blob.Blob;
import dev.ratchet.task.blob.BlobStore;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;

/** Streams stored values. */
final class Blobs {
    private Blobs() {}

    /** Never held in memory; never taken for a page of ours by a browser. */
    static Response stream(BlobStore blobs, String ref, String mimeType) {
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
