package dev.ratchet.task.flow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Json;
import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.plan.Steering;
import dev.ratchet.plan.TaskType;
import dev.ratchet.task.spi.TaskContext;
import dev.ratchet.task.spi.TaskExecutor;
import dev.ratchet.task.spi.TaskResult;
import java.util.List;

/** Repeats a body, turn after turn, as long as a condition says; its output is that of the last turn. Thread-safe. */
public final class LoopExecutor implements TaskExecutor {
    private static final TaskType TYPE = TaskType.of(
                    "loop",
                    ExecutionMode.COMPOSITE,
                    "Repeats its body until a condition holds, or while it does",
                    Json.read("""
                    {"type": "object", "additionalProperties": false, "required": ["body", "max_iterations"],
                     "properties": {
                       "body": {"type": "array", "minItems": 1},
                       "while": {"type": ["string", "object"]},
                       "until": {"type": ["string", "object"]},
                       "max_iterations": {"type": "integer", "minimum": 1, "maximum": 1000},
                       "on_exhausted": {"enum": ["fail", "continue"]}}}""", JsonNode.class))
            .withVerbatim("body", "while", "until", "max_iterations", "on_exhausted");

    @Override
    public TaskType type() {
        return TYPE;
    }

    @Override
    public TaskType.Inspector inspector() {
        return new TaskType.Inspector() {
            @Override
            public boolean inspect(JsonNode config, TaskType.Sink sink) {
                if (config.has("while") == config.has("until")) {
                    sink.problem(
                            "",
                            ErrorCode.INVALID_INPUT,
                            "Expected one of 'while' and 'until', but "
                                    + (config.has("while") ? "both are there" : "neither is there"));
                }
                return false;
            }

            @Override
            public Steering steering(JsonNode config) {
                boolean until = config.has("until");
                String name = until ? "until" : "while";
                return new Steering(
                        List.of(new Steering.Clause("/" + name, config.path(name))),
                        List.of(),
                        new Steering.Repeats.Turns(
                                until,
                                config.path("max_iterations").asInt(),
                                config.path("on_exhausted").asText().equals("continue")));
            }
        };
    }

    /** All turns are over: what the last one gave is at hand. */
    @Override
    public TaskResult execute(TaskContext context) {
        return TaskResult.of(context.prepared());
    }
}
