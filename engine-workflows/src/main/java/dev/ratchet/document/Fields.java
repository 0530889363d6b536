package dev.ratchet.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one object: each is asked for by name and kind, a wrong one is reported and reads as absent. What was
 * never asked for is unknown.
 */
final class Fields {
    /** A hundred years: no sum of a time and a duration overflows. */
    static final long MAX_DURATION_MS = 100L * 365 * 24 * 3600 * 1000;

    private final ObjectNode json;
    private final String pointer;
    private final Problems problems;
    private final Set<String> known = new HashSet<>();

    Fields(ObjectNode json, String pointer, Problems problems) {
        this.json = json;
        this.pointer = pointer;
        this.problems = problems;
    }

    String pointer() {
        return pointer;
    }

    String at(String name) {
        return Pointers.member(pointer, name);
    }

    /** Any value, JSON null included. */
    @Nullable
    JsonNode any(String name) {
        known.add(name);
        return json.get(name);
    }

    @Nullable
    ObjectNode object(String name) {
        JsonNode value = any(name);
        if (value == null || value instanceof ObjectNode) {
            return (ObjectNode) value;
        }
        return refuse(name, "an object", value);
    }

    @Nullable
    JsonNode array(String name) {
        JsonNode value = any(name);
        return value == null || value.isArray() ? value : refuse(name, "an array", value);
    }

    /** Text of 1 to {@code max} characters, none of them a control character: it will be shown, logged and searched for. */
    @Nullable
    String text(String name, int max) {
        JsonNode value = any(name);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            return refuse(name, "text", value);
        }
        String text = value.textValue();
        if (text.isEmpty()) {
            return refuse(name, "text of 1 to " + max + " characters", "it is empty");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            return refuse(name, "text without control characters", "it has some");
        }
        int length = text.codePointCount(0, text.length());
        return length <= max
                ? text
                : refuse(name, "text of 1 to " + max + " characters", "it has " + length + " of them");
    }

    @Nullable
    String id(String name, int max) {
        String text = text(name, max);
        return text == null || Ids.isId(text, max)
                ? text
                : refuse(name, "letters, digits, '_', '.' and '-', not beginning with '.' or '-'", "it has others");
    }

    @Nullable
    String queue(String name) {
        String text = text(name, QueueNames.MAX);
        return text == null || QueueNames.isQueue(text)
                ? text
                : refuse(name, QueueNames.EXPECTED, "it has others, or is one of Temporal's own");
    }

    /** One of a closed set, by wire name. */
    @Nullable
    String oneOf(String name, List<String> choices) {
        JsonNode value = any(name);
        if (value == null || (value.isTextual() && choices.contains(value.textValue()))) {
            return value == null ? null : value.textValue();
        }
        return refuse(
                name,
                "one of " + String.join(", ", choices),
                value.isTextual() ? "it is none of these" : "it is " + kind(value));
    }

    @Nullable
    Long integer(String name, long min, long max) {
        JsonNode value = any(name);
        if (value == null) {
            return null;
        }
        if (!value.isIntegralNumber()) {
            return refuse(name, "an integer", value);
        }
        if (!value.canConvertToLong() || value.longValue() < min || value.longValue() > max) {
            String seen = value.canConvertToLong() ? "it is " + value.longValue() : "it is not";
            return refuse(
                    name,
                    max == Long.MAX_VALUE ? "an integer from " + min : "an integer from " + min + " to " + max,
                    seen);
        }
        return value.longValue();
    }

    @Nullable
    Integer number(String name, int min, int max) {
        Long value = integer(name, min, max);
        return value == null ? null : value.intValue();
    }

    /** Milliseconds, from 1. */
    @Nullable
    Long duration(String name) {
        return integer(name, 1, MAX_DURATION_MS);
    }

    /** A decimal within the bounds of money, from {@code min} where there is one. */
    @Nullable
    BigDecimal decimal(String name, @Nullable BigDecimal min) {
        JsonNode value = any(name);
        if (value == null) {
            return null;
        }
        if (!value.isNumber()) {
            return refuse(name, "a number", value);
        }
        BigDecimal decimal = value.decimalValue();
        if (!fitsMoney(decimal)) {
            return refuse(
                    name,
                    "a number of at most " + Money.MAX_DIGITS + " digits, " + Money.MAX_DECIMALS + " of them decimals",
                    "it has more");
        }
        return min == null || decimal.compareTo(min) >= 0
                ? decimal
                : refuse(name, "a number from " + min, "it is less");
    }

    boolean flag(String name) {
        JsonNode value = any(name);
        if (value == null || value.isBoolean()) {
            return value != null && value.booleanValue();
        }
        Boolean refused = refuse(name, "true or false", value);
        return Boolean.TRUE.equals(refused);
    }

    List<String> texts(String name) {
        JsonNode array = array(name);
        List<String> texts = new ArrayList<>();
        for (int i = 0; array != null && i < array.size(); i++) {
            JsonNode entry = array.get(i);
            if (entry.isTextual()) {
                texts.add(entry.textValue());
            } else {
                problems.invalid(
                        Pointers.element(at(name), i),
                        "Expected each entry of " + name + " to be text, but this one is " + kind(entry));
            }
        }
        return texts;
    }

    /** Reports every field that was never asked for. */
    void refuseOthers(String what) {
        json.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                problems.invalid(
                        at(name), "Expected only known fields of " + what + ", but '" + brief(name) + "' is none");
            }
        });
    }

    <T> @Nullable T refuse(String name, String expected, String seen) {
        problems.invalid(at(name), "Expected " + name + " to be " + expected + ", but " + seen);
        return null;
    }

    private <T> @Nullable T refuse(String name, String expected, JsonNode seen) {
        return refuse(name, expected, "it is " + kind(seen));
    }

    /** What a value is, for messages. */
    static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "an array";
            case STRING -> "text";
            case NUMBER -> value.isIntegralNumber() ? "an integer" : "a number with a fraction or an exponent";
            case BOOLEAN, NULL -> value.asText().toLowerCase(Locale.ROOT);
            case MISSING, BINARY, POJO -> "missing";
        };
    }

    /** A name short enough for a message. */
    static String brief(String name) {
        return Text.cut(name, 64);
    }

    private static boolean fitsMoney(BigDecimal amount) {
        BigDecimal plain = amount.stripTrailingZeros();
        int whole = plain.precision() - plain.scale();
        return plain.scale() <= Money.MAX_DECIMALS
                && plain.precision() <= Money.MAX_DIGITS
                && whole <= Money.MAX_DIGITS;
    }
}
