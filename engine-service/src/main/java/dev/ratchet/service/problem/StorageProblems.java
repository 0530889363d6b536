package dev.ratchet.service.problem;

import dev.ratchet.task.blob.BlobException;
import java.time.Duration;

/** What the store of values refuses, in the API's words. */
public final class StorageProblems {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private StorageProblems() {}

    /** For a request that cannot be answered without the value. */
    public static ProblemException of(BlobException failed) {
        ProblemCode code = code(failed);
        return code == ProblemCode.OVERLOADED
                ? ProblemException.passing(code, failed.text(), RETRY_AFTER, failed)
                : ProblemException.of(code, failed.text());
    }

    /**
     * A value that is lost is no fault of the request, and no later try finds it; whoever runs the engine may put it back.
     * Only a store that does not answer, or is full, may do better soon.
     */
    public static ProblemCode code(BlobException failed) {
        return switch (failed.reason()) {
            case NOT_FOUND, DAMAGED, UNREADABLE -> ProblemCode.STORAGE_DAMAGED;
            case TOO_LARGE -> ProblemCode.TOO_LARGE;
            case UNWRITABLE -> ProblemCode.INVALID_INPUT;
            case UNAVAILABLE -> ProblemCode.OVERLOADED;
        };
    }
}
