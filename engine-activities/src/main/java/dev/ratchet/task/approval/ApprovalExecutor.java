package dev.ratchet.task.approval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Json;
import dev.ratchet.plan.Policies;
import dev.ratchet.plan.TaskType;
import dev.ratchet.run.WaitingFor;
import dev.ratchet.task.asking.Asking;
import dev.ratchet.task.spi.Preparation;
import dev.ratchet.task.spi.TaskContext;
import dev.ratchet.task.spi.TaskExecutor;
import dev.ratchet.task.spi.TaskFailure;
import dev.ratchet.task.spi.TaskResult;
import java.time.InstantSource;
import java.util.List;

/** Asks a person and waits for the answer. A rejection completes the task: what it means is for the edges to say. Thread-safe. */
public final class ApprovalExecutor implements TaskExecutor {
    private static final TaskType TYPE = TaskType.of(
                    "approval", Policies.ExecutionMode.PARKED, "Asks a person", Asking.schema("""
                    {"question": {"type": "string", "minLength": 1, "maxLength": 16384},
                     "choices": {"type": "array", "minItems": 1, "maxItems": 100, "uniqueItems": true,
                                 "items": {"type": "string", "minLength": 1, "maxLength": 256}},
                     "form": {"type": "object"},
                     "assignees": {"type": "array", "minItems": 1, "maxItems": 100,
                                   "items": {"type": "string", "minLength": 1, "maxLength": 256}}}"""))
            .returning(Json.read("""
                    {"type": "object", "required": ["approved", "by", "at"],
                     "properties": {"approved": {"type": "boolean"}, "choice": {"type": "string"}, "form": {},
                       "comment": {"type": "string"}, "by": {"type": "string"}, "at": {"type": "integer"}}}""", JsonNode.class))
            .withVerbatim("form");

    private static final List<String> TOLD = List.of("question", "choices", "form", "assignees");

    private final InstantSource clock;

    public ApprovalExecutor() {
        this(InstantSource.system());
    }

    ApprovalExecutor(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public TaskType type() {
        return TYPE;
    }

    @Override
    public TaskType.Inspector inspector() {
        return new ApprovalInspector();
    }

    @Override
    public Preparation prepare(TaskContext context) throws TaskFailure {
        JsonNode config = context.config();
        ObjectNode assignment = Asking.assignment(context, TYPE.name());
        for (String field : TOLD) {
            if (config.has(field)) {
                assignment.set(field, config.get(field));
            }
        }
        if (!context.input().isEmpty()) {
            assignment.set("input", context.input());
        }
        try {
            JsonNode fallback = config.has("default") ? Approval.of(config).fallback(config.get("default")) : null;
            return Asking.read(config).park(WaitingFor.PERSON, assignment, null, fallback);
        } catch (Approval.Unfit e) {
            throw TaskFailure.permanent(
                    ErrorCode.INVALID_INPUT, "Expected 'default' to fit the question: " + e.reason());
        }
    }

    /** Looks at the decision again: one that came early was taken before the question was known. */
    @Override
    public TaskResult execute(TaskContext context) throws TaskFailure {
        if (!(context.prepared() instanceof ObjectNode prepared)) {
            throw TaskFailure.permanent(
                    ErrorCode.INVALID_INPUT,
                    "Expected a decision to be an object, but " + context.key() + " got another");
        }
        ObjectNode given = prepared.deepCopy();
        JsonNode at = given.remove("at");
        try {
            ObjectNode decided = Approval.of(context.config()).fitting(given);
            decided.put("by", given.path("by").asText("anonymous"));
            return TaskResult.of(decided.put("at", at == null ? clock.millis() : at.longValue()));
        } catch (Approval.Unfit e) {
            throw TaskFailure.permanent(ErrorCode.INVALID_INPUT, e.reason());
        }
    }
}
