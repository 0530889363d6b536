package dev.ratchet.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.common.primitives.UnsignedLong;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import dev.ratchet.document.Text;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What CEL gives back, as JSON. Values that came in unchanged go out as the very nodes they were. One instance for each
 * result: it counts bytes, and stops at the limit before memory does.
 */
final class Results {
    private final Guard guard;
    private long size;

    Results(Guard guard) {
        this.guard = guard;
    }

    JsonNode toJson(@Nullable Object value) {
        return convert(value, Limits.JSON_DEPTH);
    }

    /** A value that is JSON already: it is only measured. */
    JsonNode counted(JsonNode value) {
        return counted(value, Limits.JSON_DEPTH);
    }

    private JsonNode convert(@Nullable Object value, int depth) {
        if (value instanceof JsonValues.MapView view) {
            return counted(view.node, depth);
        }
        if (value instanceof JsonValues.ListView view) {
            return counted(view.node, depth);
        }
        if (value instanceof List<?> list) {
            return array(list, below(depth));
        }
        if (value instanceof Map<?, ?> map) {
            return object(map, below(depth));
        }
        return counted(scalar(value), depth);
    }

    private JsonNode array(List<?> list, int depth) {
        add(2);
        ArrayNode array = JsonNodeFactory.instance.arrayNode(Math.min(list.size(), 10_000));
        for (Object element : list) {
            array.add(convert(element, depth));
            add(1);
        }
        return array;
    }

    private JsonNode object(Map<?, ?> map, int depth) {
        add(2);
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String key = Text.sound(key(entry.getKey()));
            if (object.has(key)) {
                throw ExpressionException.failed("Expected the keys of an object to differ as text, but two do not");
            }
            add(JsonSize.ofText(key) + 2);
            object.set(key, convert(entry.getValue(), depth));
        }
        return object;
    }

    private static String key(@Nullable Object key) {
        if (key instanceof String || key instanceof Long || key instanceof Boolean || key instanceof UnsignedLong) {
            return key.toString();
        }
        throw ExpressionException.failed("Expected the keys of an object to be texts, but one is of another kind");
    }

    private JsonNode scalar(@Nullable Object value) {
        return switch (value) {
            case Boolean bool -> BooleanNode.valueOf(bool);
            case Long number -> integer(number);
            case String text -> TextNode.valueOf(Text.sound(text));
            case Double number -> decimal(number);
            case WideInteger wide -> wide.node();
            case NullValue none -> NullNode.getInstance();
            case UnsignedLong number -> unsigned(number);
            case CelByteString bytes ->
                TextNode.valueOf(BinaryNode.valueOf(bytes.toByteArray()).asText());
            case Instant time -> TextNode.valueOf(time.toString());
            case Duration duration -> TextNode.valueOf(seconds(duration));
            case null, default ->
                throw ExpressionException.failed(
                        "Expected a value that JSON can hold, but the result is of another kind");
        };
    }

    /** As a parser would have made it, so that equal numbers are equal nodes. */
    private static JsonNode integer(long number) {
        return (int) number == number ? IntNode.valueOf((int) number) : LongNode.valueOf(number);
    }

    private static JsonNode unsigned(UnsignedLong number) {
        return number.longValue() >= 0
                ? integer(number.longValue())
                : JsonNodeFactory.instance.numberNode(number.bigIntegerValue());
    }

    /** As protocol buffers write a duration in JSON: {@code 90s}, {@code 1.5s}. */
    private static String seconds(Duration duration) {
        BigDecimal seconds = BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9));
        return (seconds.signum() == 0 ? "0" : seconds.stripTrailingZeros().toPlainString()) + "s";
    }

    private JsonNode decimal(Double number) {
        if (!Double.isFinite(number)) {
            throw ExpressionException.failed("Expected a finite number, but the result is infinite or undefined");
        }
        JsonNode exact = guard.decimalOf(number);
        return exact == null ? DoubleNode.valueOf(number) : exact;
    }

    private JsonNode counted(JsonNode node, int depth) {
        if (node.isContainerNode()) {
            int inner = below(depth);
            add(2);
            if (node instanceof ObjectNode object) {
                object.properties().forEach(field -> {
                    add(JsonSize.ofText(field.getKey()) + 2);
                    counted(field.getValue(), inner);
                });
            } else {
                for (JsonNode element : node) {
                    counted(element, inner);
                    add(1);
                }
            }
        } else {
            add(JsonSize.ofScalar(node));
        }
        return node;
    }

    private static int below(int depth) {
        if (depth == 0) {
            throw ExpressionException.failed(
                    "Expected a result at most " + Limits.JSON_DEPTH + " levels deep, but it is deeper");
        }
        return depth - 1;
    }

    private void add(long bytes) {
        guard.step();
        size += bytes;
        if (size > Limits.RESULT) {
            throw ExpressionException.failed(
                    "Expected a result of at most " + Limits.RESULT + " bytes, but it is larger");
        }
    }
}
