package dev.ratchet.service.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.run.Value;
import dev.ratchet.service.problem.ProblemCode;
import dev.ratchet.service.problem.ProblemException;
import dev.ratchet.task.blob.Blob;
import dev.ratchet.task.blob.BlobException;
import dev.ratchet.task.blob.BlobRef;
import dev.ratchet.task.blob.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Values that somebody outside stores for an organization. Contents are shared between organizations, who may read them is
 * not: a small blob of its own says so, under a reference that follows from both names. Thread-safe.
 */
public final class Artifacts {
    /** No JSON and no text, so that no output of a task is taken for it. */
    private static final String OWNERSHIP = "\u0000\u0001ratchet artifact\n";

    private static final String MARK = "application/octet-stream";
    private static final int HEAD = OWNERSHIP.length();

    private final BlobStore blobs;

    public Artifacts(BlobStore blobs) {
        this.blobs = blobs;
    }

    /** Stores the rest of the stream; durable when this returns. */
    public Value.Stored store(String organization, InputStream content, String mimeType) {
        try (PushbackInputStream looked = new PushbackInputStream(content, HEAD)) {
            byte[] head = looked.readNBytes(HEAD);
            if (new String(head, StandardCharsets.ISO_8859_1).equals(OWNERSHIP)) {
                throw ProblemException.invalid("", "Expected content of yours, but it is a mark of the engine");
            }
            looked.unread(head);
            Value.Stored stored = blobs.put(looked, mimeType);
            var ignored = blobs.put(ownership(organization, stored.ref()), MARK);
            return stored;
        } catch (IOException broken) {
            throw ProblemException.invalid("", "Expected the whole body in good time, but it broke off");
        } catch (BlobException failed) {
            throw problem(failed);
        }
    }

    /**
     * What an organization stored.
     *
     * @param ref with {@code artifact://} in front or without
     * @throws ProblemException {@code not_found}, also for what another organization stored
     */
    public Value.Stored find(String organization, String ref) {
        try {
            String plain = BlobRef.parse(ref);
            blobs.open(BlobRef.of(ownership(organization, plain))).close();
            try (Blob blob = blobs.open(plain)) {
                return new Value.Stored(plain, blob.size(), blob.mimeType(), null);
            }
        } catch (BlobException failed) {
            throw problem(failed);
        } catch (IOException failed) {
            throw problem(BlobException.unavailable(failed));
        }
    }

    /** How a task's output names it. */
    public static JsonNode described(Value.Stored stored) {
        return Json.mapper()
                .createObjectNode()
                .put("ref", stored.ref())
                .put("size", stored.size())
                .put("mime_type", stored.mimeType());
    }

    private static byte[] ownership(String organization, String ref) {
        return (OWNERSHIP + organization + "\n" + ref).getBytes(StandardCharsets.UTF_8);
    }

    private static ProblemException problem(BlobException failed) {
        return switch (failed.reason()) {
            case NOT_FOUND ->
                ProblemException.of(ProblemCode.NOT_FOUND, "Expected an artifact of that ref, but there is none");
            case TOO_LARGE -> ProblemException.of(ProblemCode.TOO_LARGE, failed.text());
            default -> ProblemException.passing(ProblemCode.OVERLOADED, failed.text(), Duration.ofSeconds(2), failed);
        };
    }
}
