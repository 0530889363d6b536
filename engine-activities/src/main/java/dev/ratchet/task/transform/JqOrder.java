package dev.ratchet.task.transform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The order of jq's values: null, false, true, numbers, texts, arrays, objects. Unlike the library's it tells integers apart
 * that share their nearest double, of whatever width. Looks at the clock at each value.
 */
final class JqOrder implements Comparator<@Nullable JsonNode> {
    static final JqOrder EXACT = new JqOrder();

    private JqOrder() {}

    static boolean equal(JsonNode one, JsonNode other) {
        return EXACT.compare(one, other) == 0;
    }

    @Override
    public int compare(@Nullable JsonNode one, @Nullable JsonNode other) {
        JqBounds.current().look();
        int kind = kind(one);
        if (kind != kind(other)) {
            return Integer.compare(kind, kind(other));
        }
        if (one == null || other == null || one.isNull()) {
            return 0;
        }
        return switch (one.getNodeType()) {
            case NUMBER -> numbers(one, other);
            case STRING, BINARY -> one.asText().compareTo(other.asText());
            case ARRAY -> items(one, other);
            case OBJECT -> objects((ObjectNode) one, (ObjectNode) other);
            case BOOLEAN, NULL, MISSING, POJO -> 0;
        };
    }

    private static int kind(@Nullable JsonNode value) {
        return value == null
                ? 0
                : switch (value.getNodeType()) {
                    case NULL, MISSING, POJO -> 0;
                    case BOOLEAN -> value.booleanValue() ? 2 : 1;
                    case NUMBER -> 3;
                    case STRING, BINARY -> 4;
                    case ARRAY -> 5;
                    case OBJECT -> 6;
                };
    }

    /** By value; what is no integer is a double. Nothing is less than no number at all, as in the library. */
    static int numbers(JsonNode one, JsonNode other) {
        if (isLong(one) && isLong(other)) {
            return Long.compare(one.longValue(), other.longValue());
        }
        if (!one.isIntegralNumber() && !other.isIntegralNumber()) {
            double left = one.doubleValue();
            double right = other.doubleValue();
            return Double.isNaN(left) ? -1 : Double.isNaN(right) ? 1 : Double.compare(left, right);
        }
        if (isEndless(one) || isEndless(other)) {
            return isEndless(one) ? endless(one.doubleValue(), -1) : -endless(other.doubleValue(), -1);
        }
        return exact(one).compareTo(exact(other));
    }

    private static boolean isLong(JsonNode number) {
        return number.isInt() || number.isLong();
    }

    private static boolean isEndless(JsonNode number) {
        return !number.isIntegralNumber() && !Double.isFinite(number.doubleValue());
    }

    private static int endless(double number, int none) {
        return Double.isNaN(number) ? none : number > 0 ? 1 : -1;
    }

    private static BigDecimal exact(JsonNode number) {
        return number.isIntegralNumber()
                ? new BigDecimal(number.bigIntegerValue())
                : new BigDecimal(number.doubleValue());
    }

    private int items(JsonNode one, JsonNode other) {
        Iterator<JsonNode> left = one.elements();
        Iterator<JsonNode> right = other.elements();
        while (left.hasNext() && right.hasNext()) {
            int order = compare(left.next(), right.next());
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(one.size(), other.size());
    }

    /** First by their sorted names, then by what those name. */
    private int objects(ObjectNode one, ObjectNode other) {
        TreeMap<String, JsonNode> left = sorted(one);
        TreeMap<String, JsonNode> right = sorted(other);
        Iterator<String> names = right.keySet().iterator();
        for (String name : left.keySet()) {
            int order = names.hasNext() ? name.compareTo(names.next()) : 1;
            if (order != 0) {
                return order;
            }
        }
        if (left.size() != right.size()) {
            return -1;
        }
        for (Map.Entry<String, JsonNode> field : left.entrySet()) {
            int order = compare(field.getValue(), right.get(field.getKey()));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static TreeMap<String, JsonNode> sorted(ObjectNode object) {
        TreeMap<String, JsonNode> sorted = new TreeMap<>();
        object.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
        return sorted;
    }

    /** Whether an array, an object or a text holds another; anything else is held by what equals it. */
    static boolean contains(JsonNode whole, JsonNode part) {
        if (whole.isTextual() && part.isTextual()) {
            return whole.textValue().contains(part.textValue());
        }
        if (whole instanceof ArrayNode items && part instanceof ArrayNode sought) {
            for (JsonNode each : sought) {
                if (!anyContains(items, each)) {
                    return false;
                }
            }
            return true;
        }
        if (whole instanceof ObjectNode fields && part instanceof ObjectNode sought) {
            return sought.properties().stream().allMatch(field -> {
                JsonNode value = fields.get(field.getKey());
                return value != null && contains(value, field.getValue());
            });
        }
        return equal(whole, part);
    }

    private static boolean anyContains(ArrayNode items, JsonNode sought) {
        for (JsonNode item : items) {
            JqBounds.current().look();
            if (contains(item, sought)) {
                return true;
            }
        }
        return false;
    }
}
