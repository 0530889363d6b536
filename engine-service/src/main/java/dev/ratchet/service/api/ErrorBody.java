package dev.ratchet.service.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.run.TaskError;
import dev.ratchet.run.TaskKey;
import org.jspecify.annotations.Nullable;

/**
 * Why a task or a run failed.
 *
 * @param task the task whose failure failed the run; absent on tasks, and when the error is the run's own
 */
public record ErrorBody(
        String code,
        String message,
        @Nullable String task,
        @Nullable JsonNode details) {
    static @Nullable ErrorBody of(@Nullable TaskError error) {
        return of(error, null);
    }

    static @Nullable ErrorBody of(@Nullable TaskError error, @Nullable TaskKey task) {
        return error == null
                ? null
                : new ErrorBody(error.code(), error.message(), task == null ? null : task.toString(), error.details());
    }
}
