package dev.ratchet.task.spi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.run.Answer;
import dev.ratchet.run.RunContext;
import dev.ratchet.run.TaskKey;
import java.io.InputStream;
import java.util.Map;
import java.util.function.Supplier;

/** What one attempt may know and use. Valid until the attempt ends. Thread-safe. */
public interface TaskContext {
    RunContext run();

    TaskKey key();

    /** Counted from 1. Together with {@link #delivery} the fencing token of this hand-over. */
    int attempt();

    int delivery();

    /** The task's own fields, templates resolved (not those the type calls expressions or verbatim). */
    JsonNode config();

    /** The resolved {@code input}, an object unless the author wrote something else. */
    JsonNode input();

    /** The task's metadata; an empty object when it has none. */
    JsonNode metadata();

    /** JSON schema the output must satisfy; missing node when any will do. The dispatcher checks it. */
    JsonNode outputSchema();

    /** Text that precedes a prompt: the run's memory, then the task's, templates resolved. */
    java.util.List<String> memory();

    /** Outputs of the completed direct dependencies by task id, in dependency order; read when asked for. */
    Map<String, Supplier<JsonNode>> dependencies();

    /** What {@code prepare} stored for this attempt; missing node for types that need none. */
    JsonNode prepared();

    /** Evaluates CEL with the names this task may use. */
    JsonNode evaluate(String expression) throws TaskFailure;

    /**
     * Whether a condition holds for an output; what cannot be decided is data too.
     *
     * @param condition as written
     */
    Answer test(JsonNode condition, JsonNode output);

    /**
     * {@code {organization}/{run}/{path}}: the same for each delivery and attempt of the task, as long as it asks for the same.
     * Once what it follows from, or what repeats it, was carried out again at somebody's request, {@code ~} and the number of
     * the first attempt since follow.
     */
    String idempotencyKey();

    /**
     * The value of a secret; the dispatcher masks it in whatever the attempt returns.
     *
     * @throws TaskFailure {@code secret_not_found}
     */
    String secret(String name) throws TaskFailure;

    /** Stores bytes and returns a reference to them, as {@code {ref, size, mime_type}}. */
    JsonNode store(InputStream content, String mimeType) throws TaskFailure;

    /** Registers what must be closed when the attempt is cancelled or times out, such as a socket. */
    void onCancel(Runnable close);

    /** Whether the attempt has been told to stop. */
    boolean isCancelled();

    /** Milliseconds left until the delivery's timeout. */
    long remainingMs();
}
