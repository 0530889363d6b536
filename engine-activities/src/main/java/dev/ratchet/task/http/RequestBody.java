package dev.ratchet.task.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.task.egress.UrlText;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is sent. */
record RequestBody(byte[] bytes, String contentType) {
    private static final String FORM = "application/x-www-form-urlencoded";

    /**
     * Text is sent as it is, an object as a form where the author's content type says so, everything else as JSON. Absent
     * when there is nothing to send.
     *
     * @param contentType the author's, empty when there is none
     */
    static @Nullable RequestBody of(JsonNode body, String contentType) throws InvalidCall {
        if (body.isMissingNode() || body.isNull()) {
            return null;
        }
        if (body.isTextual()) {
            String type = contentType.isEmpty() ? "text/plain; charset=utf-8" : contentType;
            return new RequestBody(body.textValue().getBytes(StandardCharsets.UTF_8), type);
        }
        if (contentType.toLowerCase(Locale.ROOT).startsWith(FORM)) {
            if (!body.isObject()) {
                throw new InvalidCall("/body", "Expected 'body' to be an object or text for a form, but it is neither");
            }
            return new RequestBody(pairs("/body", body).getBytes(StandardCharsets.UTF_8), contentType);
        }
        String type = contentType.isEmpty() ? "application/json" : contentType;
        return new RequestBody(Json.write(body).getBytes(StandardCharsets.UTF_8), type);
    }

    /** An object as {@code name=value} pairs; lists repeat the name, null leaves it out. */
    static String pairs(String pointer, JsonNode fields) throws InvalidCall {
        StringBuilder text = new StringBuilder();
        if (fields.isMissingNode() || fields.isNull()) {
            return "";
        }
        if (!fields.isObject()) {
            throw new InvalidCall(pointer, "Expected '" + pointer.substring(1) + "' to be an object, but it is not");
        }
        for (Map.Entry<String, JsonNode> field : fields.properties()) {
            JsonNode value = field.getValue();
            Iterable<JsonNode> values = value.isArray() ? value : java.util.List.of(value);
            for (JsonNode one : values) {
                append(pointer, text, field.getKey(), one);
            }
        }
        return text.toString();
    }

    private static void append(String pointer, StringBuilder text, String name, JsonNode value) throws InvalidCall {
        if (value.isNull()) {
            return;
        }
        if (!value.isValueNode()) {
            throw new InvalidCall(
                    pointer,
                    "Expected '" + pointer.substring(1) + "' to hold text, numbers and booleans, or lists of "
                            + "them, but it holds something else");
        }
        text.append(text.isEmpty() ? "" : "&")
                .append(UrlText.component(name))
                .append('=')
                .append(UrlText.component(value.asText()));
    }
}
