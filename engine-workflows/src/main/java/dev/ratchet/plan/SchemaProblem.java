package dev.ratchet.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One place where a value misses a schema, in our words.
 *
 * @param path names and indexes from the value down
 * @param message reads "Expected X, but Y" and shows nothing of the value
 */
record SchemaProblem(List<Object> path, String message) {
    SchemaProblem {
        path = List.copyOf(path);
    }

    static SchemaProblem of(Error error) {
        List<Object> path = path(error.getInstanceLocation());
        if (error.getKeyword().equals("additionalProperties")
                || error.getKeyword().equals("unevaluatedProperties")) {
            path.add(String.valueOf(error.getProperty()));
        }
        return new SchemaProblem(path, message(error, name(path)));
    }

    /** One problem for all that failed in the alternatives of one choice. */
    static SchemaProblem ofAlternatives(List<Error> errors) {
        List<Object> common = path(errors.get(0).getInstanceLocation());
        for (Error error : errors) {
            List<Object> other = path(error.getInstanceLocation());
            int same = 0;
            while (same < Math.min(common.size(), other.size())
                    && common.get(same).equals(other.get(same))) {
                same++;
            }
            common = common.subList(0, same);
        }
        return new SchemaProblem(
                common, "Expected " + name(common) + " to have one of the forms its schema allows, but it has none");
    }

    /** The choice of a schema in which the error arose; absent when it is no alternative of anything. */
    static @Nullable String choice(Error error) {
        NodePath path = error.getEvaluationPath();
        StringBuilder seen = new StringBuilder();
        for (int i = 0; i < path.getNameCount(); i++) {
            String name = String.valueOf(path.getElement(i));
            seen.append('/').append(name);
            if (name.equals("anyOf") || name.equals("oneOf")) {
                return seen.toString();
            }
        }
        return null;
    }

    private static List<Object> path(NodePath location) {
        List<Object> path = new ArrayList<>();
        for (int i = 0; i < location.getNameCount(); i++) {
            path.add(location.getElement(i));
        }
        return path;
    }

    private static String name(List<Object> path) {
        if (path.isEmpty()) {
            return "the value";
        }
        String name = path.get(path.size() - 1).toString();
        return name.length() <= 64 ? "'" + name + "'" : "a field";
    }

    private static String message(Error error, String name) {
        JsonNode limit = error.getSchemaNode();
        JsonNode seen = error.getInstanceNode();
        String bound = limit == null || limit.isContainerNode() ? "" : limit.asText();
        return switch (error.getKeyword()) {
            case "type" -> "Expected " + name + " to be " + types(limit) + ", but it is " + kind(seen);
            case "required" -> "Expected the field '" + error.getProperty() + "', but it is missing";
            case "additionalProperties", "unevaluatedProperties" ->
                "Expected only known fields, but " + name + " is none";
            case "enum" -> "Expected " + name + " to be one of " + choices(limit) + ", but it is none of these";
            case "const" -> "Expected " + name + " to be " + bound + ", but it is not";
            case "minLength" -> "Expected " + name + " to have at least " + bound + " characters, but it has fewer";
            case "maxLength" -> "Expected " + name + " to have at most " + bound + " characters, but it has more";
            case "minimum" -> "Expected " + name + " to be at least " + bound + ", but it is less";
            case "maximum" -> "Expected " + name + " to be at most " + bound + ", but it is more";
            case "exclusiveMinimum" -> "Expected " + name + " to be above " + bound + ", but it is not";
            case "exclusiveMaximum" -> "Expected " + name + " to be below " + bound + ", but it is not";
            case "minItems" -> "Expected " + name + " to have at least " + bound + " entries, but it has fewer";
            case "maxItems" -> "Expected " + name + " to have at most " + bound + " entries, but it has more";
            case "minProperties" -> "Expected " + name + " to have at least " + bound + " fields, but it has fewer";
            case "maxProperties" -> "Expected " + name + " to have at most " + bound + " fields, but it has more";
            case "uniqueItems" -> "Expected the entries of " + name + " to differ, but two are equal";
            case "pattern" -> "Expected " + name + " to match " + bound + ", but it does not";
            default -> "Expected " + name + " to satisfy '" + error.getKeyword() + "' of its schema, but it does not";
        };
    }

    private static String types(@Nullable JsonNode limit) {
        if (limit == null) {
            return "of another type";
        }
        if (!limit.isArray()) {
            return type(limit.asText());
        }
        List<String> names = new ArrayList<>();
        limit.forEach(type -> names.add(type(type.asText())));
        return String.join(" or ", names);
    }

    private static String type(String name) {
        return switch (name) {
            case "object", "array", "integer" -> "an " + name;
            case "string" -> "text";
            case "number" -> "a number";
            case "boolean" -> "true or false";
            default -> name;
        };
    }

    private static String kind(@Nullable JsonNode value) {
        if (value == null) {
            return "missing";
        }
        return switch (value.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "an array";
            case STRING -> "text";
            case NUMBER -> value.isIntegralNumber() ? "an integer" : "a number with a fraction";
            case BOOLEAN, NULL -> value.asText().toLowerCase(Locale.ROOT);
            case MISSING, BINARY, POJO -> "missing";
        };
    }

    private static String choices(@Nullable JsonNode limit) {
        List<String> names = new ArrayList<>();
        if (limit != null) {
            limit.forEach(choice -> names.add(choice.asText()));
        }
        return String.join(", ", names);
    }
}
