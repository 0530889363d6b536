package dev.ratchet.task.model;

import dev.ratchet.task.spi.TaskContext;
import dev.ratchet.task.spi.TaskFailure;

/** Answers for the models of one provider. One call is one request: nothing here retries. Thread-safe. */
public interface ModelProvider {
    /** As models of the catalogue name it. */
    String name();

    /**
     * Whether it has what it needs to be called, such as a key. What it has not is never asked for an answer.
     */
    boolean isUsable();

    /**
     * Makes one call and waits for its end.
     *
     * @param context of the attempt: secrets, the idempotency key, and {@link TaskContext#onCancel} for what must be
     *     closed when the attempt is told to stop
     * @throws TaskFailure with what the call used all the same, where the provider says so; {@link
     *     TaskFailure#costingUnknown} where the request was sent and nobody knows, such as after a broken connection
     */
    ChatReply chat(Model model, ChatRequest request, TaskContext context) throws TaskFailure, InterruptedException;
}
