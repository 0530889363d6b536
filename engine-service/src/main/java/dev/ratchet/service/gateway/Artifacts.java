package dev.ratchet.service.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.document.StrictJson;
import dev.ratchet.run.Value;
import dev.ratchet.service.problem.ProblemCode;
import dev.ratchet.service.problem.ProblemException;
import dev.ratchet.service.problem.StorageProblems;
import dev.ratchet.task.blob.Blob;
import dev.ratchet.task.blob.BlobException;
import dev.ratchet.task.blob.BlobRef;
import dev.ratchet.task.blob.BlobStore;
import dev.ratchet.task.blob.Values;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Values that somebody outside stores for an organization. Contents are shared between organizations, who may read them is
 * not: the store notes whose they are, where no content can. Thread-safe.
 */
public final class Artifacts {
    private static final StrictJson STRICT = new StrictJson(StrictJson.Limits.DEFAULT);

    private final BlobStore blobs;

    public Artifacts(BlobStore blobs) {
        this.blobs = blobs;
    }

    /** Stores the rest of the stream; durable when this returns. */
    public Value.Stored store(String organization, InputStream content, String mimeType) {
        Sent sent = new Sent(content);
        try {
            Value.Stored stored = blobs.put(sent, mimeType);
            blobs.grant(organization, stored.ref(), mimeType);
            return stored;
        } catch (BlobException failed) {
            throw sent.broken
                    ? ProblemException.invalid("", "Expected the whole body in good time, but it broke off")
                    : StorageProblems.of(failed);
        }
    }

    /** Tells a body that broke off from a store that does not answer. */
    private static final class Sent extends FilterInputStream {
        private boolean broken;

        Sent(InputStream content) {
            super(content);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            try {
                return super.read(bytes, from, length);
            } catch (IOException failed) {
                broken = true;
                throw failed;
            }
        }
    }

    /**
     * What an organization stored.
     *
     * @param ref with {@code artifact://} in front or without
     * @throws ProblemException {@code not_found}, also for what another organization stored; {@code storage_damaged} for
     *     what it stored and is no more as it was
     */
    public Value.Stored find(String organization, String ref) {
        try (Blob blob = open(organization, ref)) {
            return new Value.Stored(BlobRef.parse(ref), blob.size(), blob.mimeType(), null);
        } catch (IOException unclosed) {
            throw StorageProblems.of(BlobException.unavailable(unclosed));
        }
    }

    /**
     * What is wrong with one that says to be JSON, looked at as strictly as a body of a request; absent when nothing is, and
     * for anything else.
     */
    public @Nullable String complaint(String organization, Value.Stored artifact) {
        if (!Values.isJson(artifact.mimeType())) {
            return null;
        }
        try (Blob blob = open(organization, artifact.ref())) {
            return STRICT.complaint(blob.content());
        } catch (IOException unreadable) {
            throw StorageProblems.of(BlobException.unavailable(unreadable));
        }
    }

    /** The same, open for reading, under the type that the organization gave it. */
    public Blob open(String organization, String ref) {
        String mimeType = granted(organization, ref)
                .orElseThrow(() -> ProblemException.of(
                        ProblemCode.NOT_FOUND, "Expected an artifact of that ref, but there is none"));
        try {
            Blob blob = blobs.open(ref);
            return new Blob(blob.content(), blob.size(), mimeType);
        } catch (BlobException failed) {
            throw StorageProblems.of(failed);
        }
    }

    private Optional<String> granted(String organization, String ref) {
        try {
            return blobs.granted(organization, ref);
        } catch (BlobException failed) {
            if (failed.reason() == BlobException.Reason.NOT_FOUND) {
                return Optional.empty();
            }
            throw StorageProblems.of(failed);
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
}
