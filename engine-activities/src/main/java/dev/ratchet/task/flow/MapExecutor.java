package dev.ratchet.task.flow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Json;
import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.plan.Steering;
import dev.ratchet.plan.TaskType;
import dev.ratchet.task.spi.Preparation;
import dev.ratchet.task.spi.TaskContext;
import dev.ratchet.task.spi.TaskExecutor;
import dev.ratchet.task.spi.TaskFailure;
import dev.ratchet.task.spi.TaskResult;
import java.util.List;

/** Runs a body once for each item of a list; its output is the list of what they gave, in item order. Thread-safe. */
public final class MapExecutor implements TaskExecutor {
    private static final int MAX_ITEMS = 10_000;
    private static final int DEFAULT_PARALLELISM = 16;

    private static final TaskType TYPE = TaskType.of(
                    "map",
                    ExecutionMode.COMPOSITE,
                    "Runs its body once for each item of a list",
                    Json.read("""
                    {"type": "object", "additionalProperties": false, "required": ["items", "body"],
                     "properties": {
                       "items": {"type": "string", "minLength": 1, "maxLength": 4096},
                       "body": {"type": "array", "minItems": 1},
                       "max_parallelism": {"type": "integer", "minimum": 1, "maximum": 500},
                       "on_item_failure": {"enum": ["fail", "collect"]}}}""", JsonNode.class))
            .returning(Json.read("{\"type\": \"array\"}", JsonNode.class))
            .withExpressions("items")
            .withVerbatim("body", "max_parallelism", "on_item_failure");

    @Override
    public TaskType type() {
        return TYPE;
    }

    @Override
    public TaskType.Inspector inspector() {
        return new TaskType.Inspector() {
            @Override
            public boolean inspect(JsonNode config, TaskType.Sink sink) {
                return false;
            }

            @Override
            public Steering steering(JsonNode config) {
                return new Steering(
                        List.of(),
                        List.of(),
                        new Steering.Repeats.Items(
                                config.path("max_parallelism").asInt(DEFAULT_PARALLELISM),
                                config.path("on_item_failure").asText().equals("collect")));
            }
        };
    }

    @Override
    public Preparation prepare(TaskContext context) throws TaskFailure {
        JsonNode items = context.evaluate(context.config().path("items").asText());
        if (!items.isArray()) {
            throw TaskFailure.permanent(
                    ErrorCode.EXECUTION_FAILED,
                    "Expected the items of " + context.key() + " to be a list, but they are none");
        }
        if (items.size() > MAX_ITEMS) {
            throw TaskFailure.permanent(
                    ErrorCode.LIMIT_EXCEEDED,
                    "Expected at most " + MAX_ITEMS + " items for " + context.key() + ", but there are "
                            + items.size());
        }
        return new Preparation.Unroll(items);
    }

    /** All items are done: the list of what they gave is at hand. */
    @Override
    public TaskResult execute(TaskContext context) {
        return TaskResult.of(context.prepared());
    }
}
