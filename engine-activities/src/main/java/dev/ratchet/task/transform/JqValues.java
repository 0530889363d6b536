package dev.ratchet.task.transform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.Json;

/** Carries values into jq and out of it. Numbers are doubles there, and integers of 64 bits, as in jq itself. */
final class JqValues {
    private static final int MAX_DEPTH = 64;

    private JqValues() {}

    /** A copy the program may keep, its numbers small enough to calculate with. */
    static JsonNode in(JsonNode value) throws JqException {
        return copy(value, 0);
    }

    /** A copy that is JSON. */
    static JsonNode out(JsonNode value) throws JqException {
        return copy(value, 0);
    }

    private static JsonNode copy(JsonNode value, int depth) throws JqException {
        if (depth > MAX_DEPTH) {
            throw new JqException("Expected JSON at most " + MAX_DEPTH + " levels deep, but it is deeper");
        }
        if (value.isArray()) {
            ArrayNode copy = Json.mapper().getNodeFactory().arrayNode(value.size());
            for (JsonNode item : value) {
                copy.add(copy(item, depth + 1));
            }
            return copy;
        }
        if (value.isObject()) {
            ObjectNode copy = Json.mapper().createObjectNode();
            for (var field : value.properties()) {
                copy.set(field.getKey(), copy(field.getValue(), depth + 1));
            }
            return copy;
        }
        return value.isNumber() ? number(value) : value;
    }

    private static JsonNode number(JsonNode value) throws JqException {
        double number = value.doubleValue();
        if (!Double.isFinite(number)) {
            throw new JqException("Expected a finite number, but there is one that JSON cannot hold");
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            return DoubleNode.valueOf(number);
        }
        // The node types a parser would give.
        return value.canConvertToInt() ? IntNode.valueOf(value.intValue()) : LongNode.valueOf(value.longValue());
    }
}
