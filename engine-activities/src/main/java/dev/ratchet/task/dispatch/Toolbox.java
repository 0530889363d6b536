package dev.ratchet.task.dispatch;

import dev.ratchet.task.blob.BlobStore;
import dev.ratchet.task.blob.Values;
import dev.ratchet.task.secret.Secrets;
import java.time.InstantSource;

/**
 * What a worker needs to carry attempts out. Thread-safe as its parts are.
 *
 * @param clock stamps outcomes; timeouts are measured by the machine's own
 */
public record Toolbox(ExecutorLookup executors, BlobStore blobs, Secrets secrets, InstantSource clock) {
    /** The same tools with the system's clock. */
    public static Toolbox of(ExecutorLookup executors, BlobStore blobs, Secrets secrets) {
        return new Toolbox(executors, blobs, secrets, InstantSource.system());
    }

    Values values() {
        return new Values(blobs);
    }
}
