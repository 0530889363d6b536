package dev.ratchet.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cel.common.values.NullValue;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.RandomAccess;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * JSON as CEL sees it. Objects and arrays are views: only what an expression touches is converted. Integers of 64 bits are
 * integers, wider ones only pass through, every other number is a double that goes out with the digits it came with.
 */
final class JsonValues {
    private JsonValues() {}

    static Object toCel(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> new MapView((ObjectNode) node);
            case ARRAY -> new ListView((ArrayNode) node);
            case STRING -> text(node.textValue());
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> number(node);
            case NULL, MISSING -> NullValue.NULL_VALUE;
            case BINARY, POJO -> throw new Guard.StepFailed("Expected a JSON value, but found another kind of object");
        };
    }

    private static String text(String text) {
        if (text.length() > Limits.TEXT_IN) {
            throw new Guard.LimitReached(
                    "Expected texts of at most " + Limits.TEXT_IN + " characters, but one has " + text.length());
        }
        return text;
    }

    private static Object number(JsonNode node) {
        if (node instanceof BigIntegerNode whole) {
            return whole.canConvertToLong() ? (Object) whole.longValue() : new WideInteger(whole);
        }
        return node.isIntegralNumber() ? (Object) node.longValue() : decimal(node);
    }

    private static Double decimal(JsonNode node) {
        double value = node.doubleValue();
        if (!Double.isFinite(value)) {
            throw new Guard.StepFailed("Expected numbers within the range of a double, but one is outside of it");
        }
        return node.isBigDecimal() ? Guard.current().decimal(value, (DecimalNode) node) : (Double) value;
    }

    /** An object; keys are compared as text, so a number is never a key of it. */
    static final class MapView extends AbstractMap<String, Object> {
        final ObjectNode node;

        MapView(ObjectNode node) {
            this.node = node;
        }

        @Override
        public @Nullable Object get(@Nullable Object key) {
            JsonNode value = key instanceof String name ? node.get(name) : null;
            return value == null ? null : toCel(value);
        }

        @Override
        public boolean containsKey(@Nullable Object key) {
            return key instanceof String name && node.has(name);
        }

        @Override
        public int size() {
            return node.size();
        }

        @Override
        public Set<Map.Entry<String, Object>> entrySet() {
            return new AbstractSet<>() {
                @Override
                public Iterator<Map.Entry<String, Object>> iterator() {
                    Iterator<Map.Entry<String, JsonNode>> fields = node.fields();
                    return new Iterator<>() {
                        @Override
                        public boolean hasNext() {
                            return fields.hasNext();
                        }

                        @Override
                        public Map.Entry<String, Object> next() {
                            Map.Entry<String, JsonNode> field = fields.next();
                            return Map.entry(field.getKey(), toCel(field.getValue()));
                        }
                    };
                }

                @Override
                public int size() {
                    return node.size();
                }
            };
        }
    }

    /** An array. */
    static final class ListView extends AbstractList<Object> implements RandomAccess {
        final ArrayNode node;

        ListView(ArrayNode node) {
            this.node = node;
        }

        @Override
        public Object get(int index) {
            return toCel(node.get(index));
        }

        @Override
        public int size() {
            return node.size();
        }
    }
}
