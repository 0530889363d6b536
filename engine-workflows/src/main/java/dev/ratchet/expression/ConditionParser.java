package dev.ratchet.expression;

import com.fasterxml.jackson.databind.JsonNode;

/** The spellings of a condition. */
final class ConditionParser {
    private ConditionParser() {}

    static Condition parse(JsonNode json) {
        if (json.isTextual()) {
            return Condition.cel(json.textValue());
        }
        if (json.isObject() && json.size() == 1 && json.path("jsonpath").isTextual()) {
            return new Condition.JsonPath(json.path("jsonpath").textValue());
        }
        if (json.isObject() && json.size() == 1 && isSchema(json.path("schema"))) {
            return new Condition.Schema(json.path("schema"));
        }
        if (json.isObject() && json.size() == 2 && json.path("type").asText().equals("cel")) {
            JsonNode expression = json.path("expression");
            if (expression.isTextual()) {
                return Condition.cel(expression.textValue());
            }
        }
        throw ExpressionException.invalid("Expected a condition as CEL text, {\"type\": \"cel\", \"expression\": …}, "
                + "{\"jsonpath\": …} or {\"schema\": {…}}, but it has another form");
    }

    private static boolean isSchema(JsonNode schema) {
        return schema.isObject() || schema.isBoolean();
    }

    /** Plain CEL for a text that may use the short forms. */
    static String celOf(String text) {
        Template template = wrapped(text) ? Template.parse(text.strip()) : null;
        return OutputSign.expand(template != null && template.isWhole() ? template.whole() : text)
                .strip();
    }

    private static boolean wrapped(String text) {
        String stripped = text.strip();
        return stripped.startsWith("${") && stripped.endsWith("}");
    }
}
