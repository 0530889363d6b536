package dev.ratchet.task.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Json;
import dev.ratchet.plan.Policies;
import dev.ratchet.plan.TaskType;
import dev.ratchet.task.egress.EgressGuard;
import dev.ratchet.task.spi.TaskContext;
import dev.ratchet.task.spi.TaskExecutor;
import dev.ratchet.task.spi.TaskFailure;
import dev.ratchet.task.spi.TaskResult;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Calls an HTTP endpoint. Each request carries the task's idempotency key, so that a server that honours it applies a
 * repeated delivery once. Cancellation closes the connection at once. Thread-safe.
 */
public final class HttpExecutor implements TaskExecutor {
    private static final TaskType TYPE = TaskType.of(
                    "http", Policies.ExecutionMode.DISPATCHED, "Calls an HTTP endpoint", Json.read("""
                    {"type": "object", "additionalProperties": false,
                     "properties": {
                       "method": {"type": "string"},
                       "url": {"type": "string", "minLength": 1, "maxLength": 16384},
                       "headers": {"type": "object", "maxProperties": 100},
                       "query": {"type": "object"},
                       "body": {},
                       "auth": {"type": "object", "minProperties": 1, "maxProperties": 1},
                       "success_status": {"type": ["integer", "string", "array"]}}}""", JsonNode.class))
            .returning(Json.read("""
                    {"type": "object", "required": ["status", "headers", "body"],
                     "properties": {"status": {"type": "integer"}, "headers": {"type": "object"}, "body": {}}}""", JsonNode.class))
            .withSecrets("headers", "query", "body", "auth");

    private final HttpSettings settings;
    private final EgressGuard guard;
    private @Nullable CloseableHttpClient client;

    public HttpExecutor(HttpSettings settings) {
        this(settings, new EgressGuard(settings.egress()));
    }

    HttpExecutor(HttpSettings settings, EgressGuard guard) {
        this.settings = settings;
        this.guard = guard;
    }

    @Override
    public TaskType type() {
        return TYPE;
    }

    @Override
    public TaskType.Inspector inspector() {
        return new HttpInspector();
    }

    @Override
    public TaskResult execute(TaskContext context) throws TaskFailure, InterruptedException {
        HttpCall call;
        try {
            call = HttpCall.read(context.config(), context.idempotencyKey());
        } catch (InvalidCall e) {
            throw TaskFailure.permanent(ErrorCode.INVALID_INPUT, e.reason());
        }
        return TaskResult.of(new Exchange(client(), guard, settings, context, call).run());
    }

    /** Made at the first call: TLS takes a while to set up, and many workers never call. */
    private synchronized CloseableHttpClient client() {
        if (client == null) {
            client = HttpTransport.client(settings, guard);
        }
        return client;
    }
}
