package dev.ratchet.task.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Json;
import dev.ratchet.plan.TaskType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Refuses at submit what no resolved template could save. Whether the URL may be called is for the worker to say: only it
 * knows its configuration and what names resolve to.
 */
final class HttpInspector implements TaskType.Inspector {
    @Override
    public boolean inspect(JsonNode config, TaskType.Sink sink) {
        if (!config.has("url")) {
            sink.problem("", ErrorCode.INVALID_INPUT, "Expected 'url', but there is none");
        }
        if (config.has("method") && !isTemplate(config.path("method"))) {
            report(sink, () -> HttpCall.method(config.path("method")));
        }
        if (!hasTemplate(config.path("success_status"))) {
            report(sink, () -> SuccessStatus.read(config.path("success_status")));
        }
        JsonNode auth = config.path("auth");
        if (!hasTemplate(auth) || auth.has("integration")) {
            report(sink, () -> Credentials.read(auth));
        }
        if (!isTemplate(config.path("headers"))) {
            report(sink, () -> HeaderFields.read(withoutTemplates(config.path("headers"))));
        }
        return false;
    }

    /** A check that throws what is wrong. */
    @FunctionalInterface
    private interface Check {
        @Nullable
        Object run() throws InvalidCall;
    }

    private static void report(TaskType.Sink sink, Check check) {
        try {
            check.run();
        } catch (InvalidCall e) {
            sink.problem(e.pointer(), ErrorCode.INVALID_INPUT, e.reason());
        }
    }

    private static JsonNode withoutTemplates(JsonNode headers) {
        if (!headers.isObject()) {
            return headers;
        }
        ObjectNode plain = Json.mapper().createObjectNode();
        for (Map.Entry<String, JsonNode> field : headers.properties()) {
            boolean known = !isTemplate(field.getValue());
            plain.set(field.getKey(), known ? field.getValue() : plain.textNode("known later"));
        }
        return plain;
    }

    private static boolean isTemplate(JsonNode value) {
        return value.isTextual() && value.textValue().contains("${");
    }

    private static boolean hasTemplate(JsonNode value) {
        return value.toString().contains("${");
    }
}
