package dev.ratchet.task.dispatch;

import dev.ratchet.document.ErrorCode;
import dev.ratchet.run.Value;
import dev.ratchet.task.blob.BlobException;
import dev.ratchet.task.blob.BlobStore;
import dev.ratchet.task.secret.Masking;
import dev.ratchet.task.spi.TaskFailure;
import java.io.IOException;
import java.io.InputStream;

/** Stores what an executor hands out, without the secrets it has seen. */
record MaskedStore(BlobStore blobs, Masking masking) {
    Value.Stored put(InputStream content, String mimeType) throws TaskFailure {
        try {
            return masking.isIdle()
                    ? blobs.put(content, mimeType)
                    : blobs.put(masking.mask(bounded(content)), mimeType);
        } catch (BlobException e) {
            throw failure(e);
        } catch (IOException e) {
            throw TaskFailure.retryable(
                    ErrorCode.EXECUTION_FAILED, "Expected to read a content to its end, but it broke off");
        }
    }

    static TaskFailure failure(BlobException e) {
        return switch (e.reason()) {
            case TOO_LARGE -> TaskFailure.permanent(ErrorCode.OUTPUT_TOO_LARGE, e.text());
            case UNREADABLE, UNWRITABLE -> TaskFailure.permanent(ErrorCode.OUTPUT_INVALID, e.text());
            case NOT_FOUND, DAMAGED, UNAVAILABLE -> Failures.of(e);
        };
    }

    private static byte[] bounded(InputStream content) throws IOException {
        byte[] bytes = content.readNBytes((int) BlobStore.MAX_BYTES + 1);
        if (bytes.length > BlobStore.MAX_BYTES) {
            throw BlobException.tooLarge(BlobStore.MAX_BYTES);
        }
        return bytes;
    }
}
