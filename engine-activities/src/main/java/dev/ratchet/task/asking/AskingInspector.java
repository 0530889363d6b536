package dev.ratchet.task.asking;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.plan.TaskType;

/** Refuses, at submit, deadlines of which one half is missing: they would do nothing, or fail when it is too late. */
public final class AskingInspector {
    private AskingInspector() {}

    /** Reports what is wrong with the fields that every task which waits for somebody has. */
    public static void inspect(JsonNode config, TaskType.Sink sink) {
        String onDeadline = config.path("on_deadline").asText("fail");
        if (onDeadline.contains("${")) {
            return;
        }
        if (config.has("on_deadline") && !config.has("deadline_ms")) {
            missing(sink, "/on_deadline", "deadline_ms", "'on_deadline'");
        }
        pair(config, sink, onDeadline.equals("default"), "default");
        pair(config, sink, onDeadline.equals("escalate"), "escalate_to");
        if (config.has("escalate_deadline_ms") && !config.has("escalate_to")) {
            missing(sink, "/escalate_deadline_ms", "escalate_to", "'escalate_deadline_ms'");
        }
        url(config.path("notify"), sink);
    }

    private static void pair(JsonNode config, TaskType.Sink sink, boolean wanted, String field) {
        String choice = field.equals("default") ? "default" : "escalate";
        if (wanted && !config.has(field)) {
            missing(sink, "/on_deadline", field, "'on_deadline' " + choice);
        } else if (!wanted && config.has(field)) {
            sink.problem(
                    "/" + field,
                    ErrorCode.INVALID_INPUT,
                    "Expected 'on_deadline' to be " + choice + " where '" + field + "' is given, but it is not");
        }
    }

    private static void missing(TaskType.Sink sink, String pointer, String field, String beside) {
        sink.problem(
                pointer, ErrorCode.INVALID_INPUT, "Expected '" + field + "' with " + beside + ", but it is missing");
    }

    private static void url(JsonNode notify, TaskType.Sink sink) {
        if (notify.isTextual() && !notify.textValue().contains("${") && !Asking.isUrl(notify.textValue())) {
            sink.problem(
                    "/notify", ErrorCode.INVALID_INPUT, "Expected 'notify' to be an http or https URL, but it is not");
        }
    }
}
