package dev.ratchet.task.asking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.Json;
import dev.ratchet.run.Hold;
import dev.ratchet.run.Value;
import dev.ratchet.run.WaitingFor;
import dev.ratchet.task.spi.Preparation;
import dev.ratchet.task.spi.TaskContext;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How long a task waits for somebody, and what follows: its fields, templates resolved. */
public record Asking(
        @Nullable String notifyUrl,
        @Nullable Long deadlineMs,
        Hold.OnDeadline onDeadline,
        @Nullable String escalateTo,
        @Nullable Long escalateMs) {
    /** Ten years: the longest anybody waits. */
    private static final String MILLIS = "{\"type\": \"integer\", \"minimum\": 1, \"maximum\": 315360000000}";

    private static final String FIELDS = """
            {"notify": {"type": "string", "minLength": 1, "maxLength": 2048},
             "deadline_ms": %s,
             "on_deadline": {"enum": ["fail", "default", "escalate"]},
             "default": {},
             "escalate_to": {"type": "string", "minLength": 1, "maxLength": 2048},
             "escalate_deadline_ms": %s}""".formatted(MILLIS, MILLIS);

    /** Reads fields that satisfy their schema. */
    public static Asking read(JsonNode config) {
        return new Asking(
                text(config.path("notify")),
                millis(config.path("deadline_ms")),
                onDeadline(config.path("on_deadline")),
                text(config.path("escalate_to")),
                millis(config.path("escalate_deadline_ms")));
    }

    /**
     * The schema of a type's fields: those of every such type, and its own.
     *
     * @param own properties as a JSON object
     */
    public static JsonNode schema(String own) {
        ObjectNode properties = Json.read(FIELDS, ObjectNode.class);
        properties.setAll(Json.read(own, ObjectNode.class));
        ObjectNode schema =
                Json.mapper().createObjectNode().put("type", "object").put("additionalProperties", false);
        return schema.set("properties", properties);
    }

    /** What anybody who is to answer learns of a task, whatever its type. */
    public static ObjectNode assignment(TaskContext context, String type) {
        ObjectNode assignment = Json.mapper()
                .createObjectNode()
                .put("job_id", context.run().workflowId() + "/" + context.key() + "/" + context.attempt())
                .put("run_id", context.run().id())
                .put("node_id", context.key().toString())
                .put("organization", context.run().organization())
                .put("type", type)
                .put("attempt", context.attempt());
        if (!context.metadata().isEmpty()) {
            assignment.set("metadata", context.metadata());
        }
        return assignment;
    }

    /**
     * The task waits.
     *
     * @param queue where agents find it; absent when they do not
     * @param fallback what counts when nobody answers in time; absent when nothing does
     */
    public Preparation park(
            WaitingFor waitingFor, ObjectNode assignment, @Nullable String queue, @Nullable JsonNode fallback) {
        if (deadlineMs != null) {
            assignment.put("deadline_ms", deadlineMs);
        }
        return new Preparation.Park(
                waitingFor,
                deadlineMs,
                null,
                new Hold(
                        Value.of(assignment),
                        queue,
                        notifyUrl,
                        onDeadline,
                        fallback == null ? null : Value.of(fallback),
                        escalateTo,
                        escalateMs,
                        false));
    }

    /** The same, escalated to somebody spelled otherwise. */
    public Asking escalatingTo(@Nullable String other) {
        return new Asking(notifyUrl, deadlineMs, onDeadline, other, escalateMs);
    }

    /** Whether text is a URL that can be posted to. */
    public static boolean isUrl(String text) {
        return text.startsWith("http://") || text.startsWith("https://");
    }

    private static @Nullable String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : null;
    }

    private static @Nullable Long millis(JsonNode value) {
        return value.isNumber() ? (Long) value.longValue() : null;
    }

    private static Hold.OnDeadline onDeadline(JsonNode value) {
        return value.isTextual()
                ? Hold.OnDeadline.valueOf(value.textValue().toUpperCase(Locale.ROOT))
                : Hold.OnDeadline.FAIL;
    }
}
