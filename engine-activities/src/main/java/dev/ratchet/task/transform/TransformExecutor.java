package dev.ratchet.task.transform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Json;
import dev.ratchet.plan.Policies;
import dev.ratchet.plan.TaskType;
import dev.ratchet.task.spi.TaskContext;
import dev.ratchet.task.spi.TaskExecutor;
import dev.ratchet.task.spi.TaskFailure;
import dev.ratchet.task.spi.TaskResult;

/**
 * A pure expression: CEL over all the names of the task, or jq over its resolved {@code input}. What fails once fails
 * always, so no failure is retried. Thread-safe.
 */
public final class TransformExecutor implements TaskExecutor {
    private static final TaskType TYPE = TaskType.of(
                    "transform",
                    Policies.ExecutionMode.INLINE,
                    "A pure expression, in CEL or jq",
                    Json.read("""
                    {"type": "object", "additionalProperties": false,
                     "properties": {
                       "expression": {"type": "string", "minLength": 1, "maxLength": 4096},
                       "jq": {"type": "string", "minLength": 1, "maxLength": 4096}}}""", JsonNode.class))
            .withExpressions("expression")
            .withVerbatim("jq");

    @Override
    public TaskType type() {
        return TYPE;
    }

    @Override
    public TaskType.Inspector inspector() {
        return TransformExecutor::inspect;
    }

    private static boolean inspect(JsonNode config, TaskType.Sink sink) {
        boolean cel = config.has("expression");
        if (cel == config.has("jq")) {
            String found = cel ? "both are there" : "neither is there";
            sink.problem("", ErrorCode.INVALID_INPUT, "Expected one of 'expression' and 'jq', but " + found);
            return false;
        }
        if (!cel && config.path("jq").isTextual()) {
            try {
                JqProgram.compiled(config.path("jq").textValue());
            } catch (JqException e) {
                sink.problem("/jq", ErrorCode.EXPRESSION_INVALID, e.reason());
            }
        }
        return true;
    }

    @Override
    public TaskResult execute(TaskContext context) throws TaskFailure, InterruptedException {
        JsonNode config = context.config();
        if (config.has("expression")) {
            return TaskResult.of(context.evaluate(config.path("expression").asText()));
        }
        try {
            return TaskResult.of(JqProgram.compiled(config.path("jq").asText()).run(context.input()));
        } catch (JqException e) {
            throw TaskFailure.permanent(ErrorCode.EXECUTION_FAILED, e.reason());
        }
    }
}
