package dev.ratchet.task.approval;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Json;
import dev.ratchet.expression.Condition;
import dev.ratchet.expression.ExpressionException;
import dev.ratchet.expression.Names;
import dev.ratchet.expression.Root;
import dev.ratchet.plan.TaskType;
import dev.ratchet.task.asking.AskingInspector;

/** Refuses, at submit, questions that nobody could answer. */
final class ApprovalInspector implements TaskType.Inspector {
    @Override
    public boolean inspect(JsonNode config, TaskType.Sink sink) {
        AskingInspector.inspect(config, sink);
        if (!config.has("question")) {
            sink.problem("", ErrorCode.INVALID_INPUT, "Expected 'question', but there is none");
        }
        if (config.has("choices") && config.has("form")) {
            sink.problem("/form", ErrorCode.INVALID_INPUT, "Expected 'choices' or 'form', but both are there");
        } else if (config.path("form").isObject()) {
            form(config.get("form"), sink);
        }
        if (config.has("default") && !config.toString().contains("${")) {
            fallback(config, sink);
        }
        return false;
    }

    private static void form(JsonNode form, TaskType.Sink sink) {
        try {
            var ignored = Condition.parse(Json.mapper().createObjectNode().set("schema", form))
                    .check(Names.of(Root.OUTPUT));
        } catch (ExpressionException e) {
            sink.problem("/form", ErrorCode.INVALID_INPUT, e.text());
        }
    }

    private static void fallback(JsonNode config, TaskType.Sink sink) {
        try {
            var ignored = Approval.of(config).fallback(config.get("default"));
        } catch (Approval.Unfit e) {
            sink.problem("/default", ErrorCode.INVALID_INPUT, "Expected 'default' to fit the question: " + e.reason());
        }
    }
}
