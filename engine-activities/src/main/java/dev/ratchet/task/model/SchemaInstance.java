package dev.ratchet.task.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.Numbers;
import dev.ratchet.document.Text;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Makes a small value that satisfies a simple JSON schema: types, properties, items, bounds, lengths, the usual formats,
 * {@code enum}, {@code const}, {@code default}, local {@code $ref}, {@code allOf}, and the first of {@code anyOf} and
 * {@code oneOf}. Patterns are beyond it, and so is what takes more than some thousand parts: three nested arrays of a
 * thousand are more than a heap holds. Deterministic.
 */
final class SchemaInstance {
    private static final JsonNodeFactory NODES = Numbers.NODES;
    private static final int MAX_DEPTH = 16;
    private static final int MAX_OPTIONAL_DEPTH = 4;
    private static final int MAX_SIZE = 1_000;
    private static final int MAX_PARTS = 10_000;
    private static final String TEXT = "simulated";

    private static final Map<String, String> FORMATS = Map.of(
            "date-time", "2026-01-01T00:00:00Z",
            "date", "2026-01-01",
            "time", "00:00:00Z",
            "duration", "PT1S",
            "email", "someone@example.com",
            "hostname", "example.com",
            "ipv4", "192.0.2.1",
            "uri", "https://example.com/",
            "uuid", "00000000-0000-4000-8000-000000000000");

    private final JsonNode root;
    private int parts;

    private SchemaInstance(JsonNode root) {
        this.root = root;
    }

    static JsonNode of(JsonNode schema) {
        return new SchemaInstance(schema).value(schema, 0);
    }

    private JsonNode value(JsonNode written, int depth) {
        JsonNode schema = resolved(written, depth);
        if (depth > MAX_DEPTH || isLarge() || !schema.isObject()) {
            return NODES.nullNode();
        }
        for (String fixed : new String[] {"const", "default"}) {
            if (schema.has(fixed)) {
                return schema.get(fixed);
            }
        }
        if (schema.path("enum").has(0)) {
            return schema.path("enum").get(0);
        }
        return switch (type(schema)) {
            case "object" -> object(schema, depth);
            case "array" -> array(schema, depth);
            case "integer" -> number(schema, BigDecimal.ONE);
            case "number" -> number(schema, BigDecimal.ZERO);
            case "boolean" -> NODES.booleanNode(true);
            case "null" -> NODES.nullNode();
            default -> NODES.textNode(text(schema));
        };
    }

    private boolean isLarge() {
        return ++parts > MAX_PARTS;
    }

    private JsonNode resolved(JsonNode schema, int depth) {
        if (depth > MAX_DEPTH || isLarge()) {
            return schema;
        }
        if (schema.path("$ref").asText("").startsWith("#/")) {
            return resolved(root.at(schema.get("$ref").asText().substring(1)), depth + 1);
        }
        for (String choice : new String[] {"anyOf", "oneOf"}) {
            if (schema.path(choice).has(0)) {
                return merged(
                        without(schema, choice), resolved(schema.get(choice).get(0), depth + 1));
            }
        }
        JsonNode all = schema.path("allOf");
        JsonNode result = all.isEmpty() ? schema : without(schema, "allOf");
        for (JsonNode part : all) {
            result = merged(result, resolved(part, depth + 1));
        }
        return result;
    }

    private static JsonNode without(JsonNode schema, String field) {
        return ((ObjectNode) schema.deepCopy()).without(field);
    }

    private static JsonNode merged(JsonNode base, JsonNode more) {
        if (!base.isObject() || !more.isObject()) {
            return base.isObject() ? base : more;
        }
        ObjectNode result = base.deepCopy();
        more.properties().forEach(entry -> {
            JsonNode mine = result.path(entry.getKey());
            result.set(entry.getKey(), join(mine, entry.getValue()));
        });
        return result;
    }

    private static JsonNode join(JsonNode mine, JsonNode theirs) {
        if (mine.isArray() && theirs.isArray()) {
            return NODES.arrayNode().addAll((ArrayNode) mine).addAll((ArrayNode) theirs);
        }
        return mine.isObject() && theirs.isObject() ? merged(mine, theirs) : theirs;
    }

    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            return type.path(0).asText();
        }
        if (type.isTextual()) {
            return type.textValue();
        }
        return schema.has("items")
                ? "array"
                : schema.has("minimum") || schema.has("maximum") ? "number" : untyped(schema);
    }

    private static String untyped(JsonNode schema) {
        return schema.has("minLength") || schema.has("format") ? "string" : "object";
    }

    private JsonNode object(JsonNode schema, int depth) {
        ObjectNode object = NODES.objectNode();
        JsonNode properties = schema.path("properties");
        Set<String> names = new LinkedHashSet<>();
        if (depth < MAX_OPTIONAL_DEPTH) {
            properties.fieldNames().forEachRemaining(names::add);
        }
        schema.path("required").forEach(name -> names.add(name.asText()));
        for (String name : names) {
            JsonNode property = properties.path(name);
            object.set(name, property.isObject() ? value(property, depth + 1) : NODES.textNode(TEXT));
        }
        return object;
    }

    private JsonNode array(JsonNode schema, int depth) {
        ArrayNode array = NODES.arrayNode();
        JsonNode items = schema.path("items");
        int least = items.isObject() && depth < MAX_OPTIONAL_DEPTH ? 1 : 0;
        int size = Math.max(
                Math.min(least, schema.path("maxItems").asInt(MAX_SIZE)),
                schema.path("minItems").asInt(0));
        for (int i = 0; i < Math.min(size, MAX_SIZE) && parts < MAX_PARTS; i++) {
            array.add(items.isObject() ? value(items, depth + 1) : NODES.textNode(TEXT));
            parts++;
        }
        return array;
    }

    /** @param unit 1 for whole numbers, 0 for any */
    private static JsonNode number(JsonNode schema, BigDecimal unit) {
        BigDecimal step =
                schema.path("multipleOf").isNumber() ? schema.get("multipleOf").decimalValue() : unit;
        BigDecimal value = BigDecimal.ONE;
        if (schema.path("maximum").isNumber()) {
            value = value.min(schema.get("maximum").decimalValue());
        }
        if (schema.path("exclusiveMaximum").isNumber()) {
            value = value.min(schema.get("exclusiveMaximum").decimalValue().subtract(gap(step)));
        }
        if (schema.path("minimum").isNumber()) {
            value = value.max(schema.get("minimum").decimalValue());
        }
        if (schema.path("exclusiveMinimum").isNumber()) {
            value = value.max(schema.get("exclusiveMinimum").decimalValue().add(gap(step)));
        }
        BigDecimal whole =
                step.signum() > 0 ? value.divide(step, 0, RoundingMode.CEILING).multiply(step) : value;
        return whole.stripTrailingZeros().scale() <= 0 ? NODES.numberNode(whole.longValue()) : NODES.numberNode(whole);
    }

    private static BigDecimal gap(BigDecimal step) {
        return step.signum() > 0 ? step : BigDecimal.valueOf(1, 3);
    }

    private static String text(JsonNode schema) {
        String format = schema.path("format").asText("");
        if (FORMATS.containsKey(format)) {
            return FORMATS.get(format);
        }
        int max = Math.max(0, schema.path("maxLength").asInt(Integer.MAX_VALUE));
        int min = Math.clamp(schema.path("minLength").asInt(0), 0, Math.min(max, MAX_SIZE));
        String text = min > TEXT.length() ? TEXT + ".".repeat(min - TEXT.length()) : TEXT;
        return Text.beginning(text, max);
    }
}
