package dev.ratchet.task.spi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.plan.TaskType;

/**
 * Carries out the tasks of one type. Found by {@link java.util.ServiceLoader} through {@link TaskExecutorProvider}, or
 * wired by the worker. One instance serves all tasks of its type at the same time, so it must be thread-safe.
 */
public interface TaskExecutor {
    /** Name, schemas, limits and mode. The same object each time. */
    TaskType type();

    /** What a schema cannot say about a task's own fields. */
    default TaskType.Inspector inspector() {
        return TaskType.Inspector.NONE;
    }

    /**
     * Carries out one delivery of one attempt and returns its output. Runs on a virtual thread that is interrupted on
     * cancellation and at the task's timeout; blocking is fine.
     *
     * @throws TaskFailure when the attempt failed in a way the executor understands; anything else thrown is {@code
     *     execution_failed} and not retried
     * @throws InterruptedException when it stopped because it was told to
     */
    TaskResult execute(TaskContext context) throws TaskFailure, InterruptedException;

    /**
     * Prepares an attempt of a type whose mode is {@code PREPARED} or {@code PARKED}: short, without effects but blobs.
     *
     * @throws TaskFailure when the attempt cannot be made; it is not retried
     */
    default Preparation prepare(TaskContext context) throws TaskFailure {
        throw new IllegalStateException("Expected a type that is prepared, but " + type().name() + " is not");
    }

    /** The task's own fields, templates resolved. */
    static JsonNode field(TaskContext context, String name) {
        return context.config().path(name);
    }
}
