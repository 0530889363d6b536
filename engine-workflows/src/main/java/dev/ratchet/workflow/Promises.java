package dev.ratchet.workflow;

import dev.ratchet.document.Json;
import io.temporal.common.converter.RawValue;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads what came back. Only the loop does so: what is thrown there fails the workflow task, which is tried again, also by a
 * worker that knows more; what is thrown in a callback of a promise is lost, and the run hangs.
 */
final class Promises {
    private Promises() {}

    /** The value of a completed promise. Its failure fails the workflow task, never the run. */
    static <T> T read(Promise<T> completed) {
        try {
            return completed.get();
        } catch (TemporalFailure failed) {
            throw new IllegalStateException("Expected work that is tried until it is done, but it failed", failed);
        }
    }

    /** Waits for the value of a promise, in a workflow that has nothing else to do. */
    static <T> T await(Promise<T> promise) {
        Workflow.await(promise::isCompleted);
        return read(promise);
    }

    /** A value as a worker sent it; absent when it sent none. */
    static <T> @Nullable T read(@Nullable RawValue raw, Class<T> type) {
        if (raw == null || raw.getPayload().getData().isEmpty()) {
            return null;
        }
        try {
            return Json.mapper().readValue(raw.getPayload().getData().newInput(), type);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Expected a " + type.getSimpleName() + " that this engine can read, but it cannot", e);
        }
    }
}
