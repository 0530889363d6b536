package dev.ratchet.task.waiting;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Json;
import dev.ratchet.plan.Policies;
import dev.ratchet.plan.TaskType;
import dev.ratchet.run.WaitingFor;
import dev.ratchet.task.spi.Preparation;
import dev.ratchet.task.spi.TaskContext;
import dev.ratchet.task.spi.TaskExecutor;
import dev.ratchet.task.spi.TaskFailure;
import dev.ratchet.task.spi.TaskResult;

/**
 * A durable timer: preparation says how long, the run itself waits. A time that has passed is due at once. Thread-safe.
 */
public final class WaitExecutor implements TaskExecutor {
    private static final TaskType TYPE = TaskType.of(
            "wait",
            Policies.ExecutionMode.TIMED,
            "A durable timer: a time from now, or until a time",
            Json.read("""
                    {"type": "object", "additionalProperties": false,
                     "properties": {
                       "duration_ms": {"type": "integer", "minimum": 0, "maximum": 315360000000},
                       "until": {"type": ["integer", "string"]}}}""", JsonNode.class));

    @Override
    public TaskType type() {
        return TYPE;
    }

    @Override
    public TaskType.Inspector inspector() {
        return (config, sink) -> {
            try {
                Due.check(config);
            } catch (Due.Refused e) {
                sink.problem(e.pointer(), ErrorCode.INVALID_INPUT, e.reason());
            }
            return false;
        };
    }

    @Override
    public Preparation prepare(TaskContext context) throws TaskFailure {
        try {
            Due due = Due.read(context.config());
            return new Preparation.Park(WaitingFor.TIMER, due.delayMs(), due.untilMs());
        } catch (Due.Refused e) {
            throw TaskFailure.permanent(ErrorCode.INVALID_INPUT, e.reason());
        }
    }

    /** What a wait comes to once its time has passed. */
    @Override
    public TaskResult execute(TaskContext context) {
        return TaskResult.of(Json.mapper().createObjectNode());
    }
}
