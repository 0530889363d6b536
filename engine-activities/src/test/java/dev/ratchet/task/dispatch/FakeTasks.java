package dev.ratchet.task.dispatch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.plan.Policies;
import dev.ratchet.plan.TaskType;
import dev.ratchet.task.spi.Preparation;
import dev.ratchet.task.spi.TaskContext;
import dev.ratchet.task.spi.TaskExecutor;
import dev.ratchet.task.spi.TaskFailure;
import dev.ratchet.task.spi.TaskResult;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Task types whose behaviour a test writes down as a lambda. */
final class FakeTasks implements ExecutorLookup {
    private final Map<String, TaskExecutor> executors = new ConcurrentHashMap<>();

    interface Body {
        @Nullable
        TaskResult execute(TaskContext context) throws TaskFailure, InterruptedException;
    }

    interface PrepareBody {
        Preparation prepare(TaskContext context) throws TaskFailure;
    }

    FakeTasks with(String name, Body body) {
        return with(plain(name), body);
    }

    FakeTasks with(TaskType type, Body body) {
        return with(type, body, context -> {
            throw new IllegalStateException("nothing to prepare");
        });
    }

    FakeTasks preparing(String name, PrepareBody body) {
        return with(plain(name), context -> TaskResult.of(context.prepared()), body);
    }

    FakeTasks with(TaskType type, Body body, PrepareBody prepare) {
        executors.put(type.name(), new Fake(type, body, prepare));
        return this;
    }

    @Override
    public @Nullable TaskExecutor executor(String type) {
        return executors.get(type);
    }

    /** A type that takes any fields; secrets in {@code secret}, CEL in {@code cel}, nothing in {@code verbatim}. */
    static TaskType plain(String name) {
        return typed(name, null, null);
    }

    static TaskType typed(String name, @Nullable String inputSchema, @Nullable String outputSchema) {
        return new TaskType(
                name,
                Policies.ExecutionMode.DISPATCHED,
                "A fake",
                json("{\"type\": \"object\", \"properties\": {\"count\": {\"type\": \"integer\"}}}"),
                inputSchema == null ? null : json(inputSchema),
                outputSchema == null ? null : json(outputSchema),
                Set.of("secret"),
                Set.of("cel"),
                Set.of("verbatim"),
                null,
                BigDecimal.ONE,
                true);
    }

    static JsonNode json(String text) {
        return Json.read(text, JsonNode.class);
    }

    private record Fake(TaskType type, Body body, PrepareBody preparation) implements TaskExecutor {
        @Override
        @SuppressWarnings("NullAway") // what a careless plug-in does
        public TaskResult execute(TaskContext context) throws TaskFailure, InterruptedException {
            return body.execute(context);
        }

        @Override
        public Preparation prepare(TaskContext context) throws TaskFailure {
            return preparation.prepare(context);
        }
    }
}
