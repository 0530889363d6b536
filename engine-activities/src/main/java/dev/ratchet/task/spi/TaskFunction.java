package dev.ratchet.task.spi;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * Java code that tasks of the type {@code function} call by name. Plug-ins are found by {@link java.util.ServiceLoader}.
 * One instance serves all tasks at the same time, so it must be thread-safe.
 */
public interface TaskFunction {
    /** What a task's {@code function} field says; unique on a worker. */
    String name();

    /** Whether calls take next to no time, so that many may share one hand-over. */
    default boolean quick() {
        return false;
    }

    /** JSON schema (2020-12) the resolved {@code input} must satisfy; absent when any will do. */
    default @Nullable JsonNode inputSchema() {
        return null;
    }

    /**
     * Computes the task's output from {@link TaskContext#input}. Runs on a virtual thread that is interrupted on
     * cancellation and at the task's timeout.
     *
     * @return the output; JSON null is a value, Java null is {@code invalid_result}
     * @throws TaskFailure for a failure the function understands: its code, message and whether to retry count
     * @throws InterruptedException when it stopped because it was told to
     * @throws Exception anything else is {@code execution_failed}, which is retried as the task's policy says
     */
    JsonNode call(TaskContext context) throws Exception;
}
