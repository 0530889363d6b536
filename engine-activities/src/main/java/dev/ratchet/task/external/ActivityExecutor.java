package dev.ratchet.task.external;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Json;
import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.plan.TaskType;
import dev.ratchet.run.Estimate;
import dev.ratchet.task.spi.Preparation;
import dev.ratchet.task.spi.TaskContext;
import dev.ratchet.task.spi.TaskExecutor;
import dev.ratchet.task.spi.TaskFailure;
import dev.ratchet.task.spi.TaskResult;
import dev.ratchet.workflow.AssignmentActivity;
import dev.ratchet.workflow.ChildActivity;
import dev.ratchet.workflow.DispatchActivity;
import dev.ratchet.workflow.ExecutionActivity;
import dev.ratchet.workflow.InlineActivity;
import dev.ratchet.workflow.QueueActivity;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Calls an activity by its type on a task queue. The resolved {@code input} is its only argument, as JSON, which every SDK of
 * Temporal reads; what it returns is the output. Thread-safe.
 */
public final class ActivityExecutor implements TaskExecutor {
    private static final int MAX_INPUT_BYTES = 256 * 1024;

    /**
     * The engine's own, which trust whoever calls them: their arguments name stored values, runs and organizations. A worker of
     * the engine offers them on whatever queue it polls.
     */
    private static final Set<String> OWN = Set.of(
            DispatchActivity.TYPE,
            DispatchActivity.NEXT_TURN,
            InlineActivity.INLINE,
            InlineActivity.SEAL,
            InlineActivity.CARRY,
            AssignmentActivity.ANNOUNCE,
            AssignmentActivity.WITHDRAW,
            AssignmentActivity.CLOSED,
            ChildActivity.START,
            ChildActivity.STOP,
            ExecutionActivity.END,
            QueueActivity.WORKERS);

    private static final TaskType TYPE = TaskType.of(
            "activity",
            ExecutionMode.EXTERNAL,
            "Any Temporal activity on any task queue, in any language",
            Json.read("""
                    {"type": "object", "additionalProperties": false, "required": ["activity_type"],
                     "properties": {"activity_type": {"type": "string", "minLength": 1, "maxLength": 200}}}""", JsonNode.class));

    @Override
    public TaskType type() {
        return TYPE;
    }

    @Override
    public Preparation prepare(TaskContext context) throws TaskFailure {
        ObjectNode call = Json.mapper().createObjectNode();
        String type = context.config().path("activity_type").asText();
        if (OWN.contains(type)) {
            throw TaskFailure.permanent(
                    ErrorCode.INVALID_INPUT,
                    "Expected an activity of a worker of yours for " + context.key() + ", but " + type
                            + " is one of the engine's own");
        }
        call.put("activity_type", type);
        call.set("input", context.input());
        int size = call.toString().getBytes(StandardCharsets.UTF_8).length;
        if (size > MAX_INPUT_BYTES) {
            throw TaskFailure.permanent(
                    ErrorCode.LIMIT_EXCEEDED,
                    "Expected an input of at most " + MAX_INPUT_BYTES + " bytes for the activity of " + context.key()
                            + ", but it has " + size);
        }
        return new Preparation.Ready(new Estimate(0, 0, null), call);
    }

    /** The activity has returned: its result is at hand. */
    @Override
    public TaskResult execute(TaskContext context) {
        return TaskResult.of(context.prepared());
    }
}
