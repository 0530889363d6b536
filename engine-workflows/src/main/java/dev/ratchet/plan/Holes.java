package dev.ratchet.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import dev.ratchet.expression.ExpressionException;
import dev.ratchet.expression.Template;
import java.util.List;
import java.util.Set;

/**
 * The parts of a value that are not known before the task runs: templates, and fields that edges feed. What a schema says
 * about them is asked again when they have values.
 *
 * @param verbatim fields of the value in which {@code ${} is just text
 * @param fed fields of the value that edges will set
 */
record Holes(Set<String> verbatim, Set<String> fed) {
    /** What holds for a value as a whole, whatever its parts turn out to be. */
    private static final Set<String> SHAPE = Set.of(
            "type", "required", "additionalProperties", "unevaluatedProperties", "minProperties", "maxProperties");

    /** Whether the error may be gone once the holes are filled. */
    boolean excuse(JsonNode root, Error error) {
        NodePath at = error.getInstanceLocation();
        if (at.getNameCount() > 0) {
            String field = String.valueOf(at.getElement(0));
            if (fed.contains(field)) {
                return true;
            }
            if (verbatim.contains(field)) {
                return false;
            }
        }
        JsonNode seen = error.getInstanceNode();
        if (at.getNameCount() == 0 && error.getKeyword().equals("required") && fed.contains(error.getProperty())) {
            return true;
        }
        if (seen == null) {
            return false;
        }
        if (seen.isTextual()) {
            return error.getKeyword().equals("type") ? isWhole(seen.textValue()) : isTemplate(seen.textValue());
        }
        return !SHAPE.contains(error.getKeyword()) && (hasTemplate(seen) || (seen == root && !fed.isEmpty()));
    }

    /** Whether a part of the value, or something in it, is a hole. */
    boolean within(JsonNode root, List<Object> path) {
        if (path.isEmpty()) {
            return !fed.isEmpty() || hasTemplate(root);
        }
        String field = path.get(0).toString();
        if (fed.contains(field) || verbatim.contains(field)) {
            return fed.contains(field);
        }
        JsonNode part = root;
        for (Object step : path) {
            part = step instanceof Integer index ? part.path(index) : part.path(step.toString());
        }
        return hasTemplate(part);
    }

    static boolean hasTemplate(JsonNode value) {
        if (value.isTextual()) {
            return isTemplate(value.textValue());
        }
        for (JsonNode part : value) {
            if (hasTemplate(part)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the text is exactly one {@code ${…}}, so that it may become a value of any type. */
    static boolean isWhole(String text) {
        try {
            return text.startsWith("${") && Template.parse(text).isWhole();
        } catch (ExpressionException e) {
            return true;
        }
    }

    static boolean isTemplate(String text) {
        try {
            return text.contains("${") && !Template.parse(text).isLiteral();
        } catch (ExpressionException e) {
            return true;
        }
    }
}
