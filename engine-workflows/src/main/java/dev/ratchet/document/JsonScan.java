package dev.ratchet.document;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Looks at JSON from its beginning to its end and keeps none of it. What it lets through the strict reader would too. */
final class JsonScan {
    private final JsonParser parser;
    private final StrictJson.Limits limits;
    private final int[] members;
    private int depth;

    JsonScan(JsonParser parser, StrictJson.Limits limits) {
        this.parser = parser;
        this.limits = limits;
        this.members = new int[limits.maxDepth() + 1];
    }

    /** "Expected X, but Y"; absent when nothing is wrong. */
    @Nullable
    String complaint() throws IOException {
        boolean whole = false;
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (whole) {
                return "Expected one JSON document, but something follows it";
            }
            String complaint = complaint(token);
            if (complaint != null) {
                return complaint;
            }
            whole = depth == 0;
        }
        return whole ? null : "Expected a JSON document, but it is empty";
    }

    private @Nullable String complaint(JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT, START_ARRAY -> opened();
            case END_OBJECT, END_ARRAY -> {
                depth--;
                yield null;
            }
            case FIELD_NAME ->
                ++members[depth] > limits.maxMembers()
                        ? "Expected at most " + limits.maxMembers() + " members in an object, but there are more"
                        : text(parser.currentName());
            case VALUE_STRING -> text(parser.getText());
            case VALUE_NUMBER_FLOAT ->
                Numbers.isOfDoubleSize(parser.getDecimalValue())
                        ? null
                        : "Expected numbers of the size of a double, but there is one beyond it";
            case VALUE_NUMBER_INT, VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> null;
            case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> "Expected JSON, but there is another kind of value in it";
        };
    }

    private @Nullable String opened() {
        if (depth == limits.maxDepth()) {
            return "Expected at most " + limits.maxDepth() + " levels, but there are more";
        }
        members[++depth] = 0;
        return null;
    }

    private static @Nullable String text(String text) {
        return Text.isSound(text) ? null : "Expected text of Unicode characters, but there is half of one";
    }
}
