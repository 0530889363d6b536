package dev.ratchet.task.transform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.Json;
import java.util.function.UnaryOperator;

/** Carries values into jq and out of it. What is calculated there are doubles, and integers of 64 bits. */
final class JqValues {
    private static final int MAX_DEPTH = 64;

    private JqValues() {}

    /** A copy the program may keep; with an integer beyond 64 bits it cannot calculate. */
    static JsonNode in(JsonNode value) throws JqException {
        return copy(value, 0, JqValues::inside);
    }

    /** A copy that is JSON. */
    static JsonNode out(JsonNode value) throws JqException {
        return copy(value, 0, JqValues::outside);
    }

    private static JsonNode copy(JsonNode value, int depth, UnaryOperator<JsonNode> numbers) throws JqException {
        if (depth > MAX_DEPTH) {
            throw new JqException("Expected JSON at most " + MAX_DEPTH + " levels deep, but it is deeper");
        }
        if (value.isArray()) {
            ArrayNode copy = Json.mapper().getNodeFactory().arrayNode(value.size());
            for (JsonNode item : value) {
                copy.add(copy(item, depth + 1, numbers));
            }
            return copy;
        }
        if (value.isObject()) {
            ObjectNode copy = Json.mapper().createObjectNode();
            for (var field : value.properties()) {
                copy.set(field.getKey(), copy(field.getValue(), depth + 1, numbers));
            }
            return copy;
        }
        return value.isNumber() ? numbers.apply(checked(value)) : value;
    }

    /** Doubles without a value are none of JSON's; integers are those a parser would give, decimals keep their digits. */
    private static JsonNode checked(JsonNode value) throws JqException {
        boolean finite = value.isIntegralNumber() || Double.isFinite(value.doubleValue());
        if (!finite) {
            throw new JqException("Expected a finite number, but there is one that JSON cannot hold");
        }
        return value;
    }

    /** An integer as the node that suits its width. */
    static JsonNode number(JsonNode whole) {
        if (whole.canConvertToInt()) {
            return IntNode.valueOf(whole.intValue());
        }
        return whole.canConvertToLong()
                ? LongNode.valueOf(whole.longValue())
                : new JqWideInteger(whole.bigIntegerValue());
    }

    private static JsonNode inside(JsonNode number) {
        return number.isIntegralNumber() ? number(number) : number;
    }

    private static JsonNode outside(JsonNode number) {
        return number instanceof JqWideInteger wide ? BigIntegerNode.valueOf(wide.bigIntegerValue()) : inside(number);
    }
}
