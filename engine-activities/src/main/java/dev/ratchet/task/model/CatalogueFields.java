package dev.ratchet.task.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads single fields of a catalogue, collecting what is wrong instead of stopping at the first. Not thread-safe. */
final class CatalogueFields {
    private final String file;
    private final List<String> problems = new ArrayList<>();

    CatalogueFields(String file) {
        this.file = file;
    }

    void problem(String at, String message) {
        problems.add((at.isEmpty() ? "the document" : at) + ": " + message);
    }

    void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new CatalogueException(file, problems);
        }
    }

    /** Whether it is an object; unknown fields of it are problems. */
    boolean only(JsonNode node, String at, String... known) {
        if (!node.isObject()) {
            problem(at, "Expected an object, but it was " + kind(node));
            return false;
        }
        Set<String> names = Set.of(known);
        node.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                problem(path(at, name), "Expected one of " + String.join(", ", known) + ", but the field is unknown");
            }
        });
        return true;
    }

    JsonNode object(JsonNode parent, String name) {
        JsonNode node = parent.path(name);
        if (!node.isObject() || node.isEmpty()) {
            problem(name, "Expected an object with at least one entry, but it was " + kind(node));
            return JsonNodeFactory.instance.objectNode();
        }
        return node;
    }

    /** @param fallback absent when the field must be there */
    String text(JsonNode parent, String at, String name, @Nullable String fallback) {
        JsonNode node = parent.path(name);
        if (node.isMissingNode() && fallback != null) {
            return fallback;
        }
        if (!node.isTextual() || node.textValue().isBlank()) {
            problem(path(at, name), "Expected a text that is not empty, but it was " + kind(node));
            return "";
        }
        return node.textValue();
    }

    /** @param fallback absent when the field must be there */
    BigDecimal decimal(JsonNode parent, String at, String name, @Nullable BigDecimal fallback, BigDecimal max) {
        JsonNode node = parent.path(name);
        if (node.isMissingNode() && fallback != null) {
            return fallback;
        }
        if (!node.isNumber()) {
            problem(path(at, name), "Expected a number, but it was " + kind(node));
            return BigDecimal.ONE;
        }
        BigDecimal value = node.decimalValue();
        if (value.signum() < 0 || value.compareTo(max) > 0 || value.scale() > Pricing.MAX_DECIMALS) {
            problem(
                    path(at, name),
                    "Expected 0 to " + max.toPlainString() + " with at most " + Pricing.MAX_DECIMALS
                            + " decimals, but it was " + node.asText());
            return BigDecimal.ONE;
        }
        return value;
    }

    /** @param fallback absent when the field must be there */
    long tokens(JsonNode parent, String at, String name, @Nullable Long fallback, long max) {
        JsonNode node = parent.path(name);
        if (node.isMissingNode() && fallback != null) {
            return fallback;
        }
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 1 || node.longValue() > max) {
            problem(path(at, name), "Expected a whole number from 1 to " + max + ", but it was " + shown(node));
            return 1;
        }
        return node.longValue();
    }

    private static String shown(JsonNode node) {
        return node.isNumber() ? node.asText() : kind(node);
    }

    private static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case MISSING -> "missing";
            case NULL -> "null";
            case STRING -> node.textValue().isBlank() ? "an empty text" : "a text";
            case NUMBER -> "a number";
            case BOOLEAN -> "a boolean";
            case ARRAY -> "a list";
            case OBJECT -> node.isEmpty() ? "an empty object" : "an object";
            case BINARY, POJO -> "something else";
        };
    }

    private static String path(String at, String name) {
        return at.isEmpty() ? name : at + "." + name;
    }
}
