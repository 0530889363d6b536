package dev.ratchet.expression;

import com.fasterxml.jackson.databind.JsonNode;

/** Answers conditions. Stateless and thread-safe; for workers, never for workflow code. */
public final class ConditionEvaluator {
    private final Evaluator evaluator = new Evaluator();

    /**
     * Whether the condition holds.
     *
     * @throws ExpressionException {@code condition_failed} when it cannot be evaluated, passes a limit, or is neither true nor
     *     false; {@code expression_invalid} when it does not compile. What a binding's supplier throws is passed on
     */
    public boolean test(Condition condition, Bindings bindings) {
        try {
            return switch (condition) {
                case Condition.Cel cel -> bool(evaluator.evaluate(cel.expression(), bindings));
                case Condition.JsonPath path -> JsonPaths.selects(path.path(), output(bindings));
                case Condition.Schema schema -> Schemas.satisfied(schema.schema(), output(bindings));
            };
        } catch (ExpressionException e) {
            throw e.code().equals(ExpressionException.FAILED) ? e.withCode(ExpressionException.CONDITION_FAILED) : e;
        }
    }

    private static boolean bool(JsonNode value) {
        if (!value.isBoolean()) {
            throw ExpressionException.failed("Expected a condition to be true or false, but its value is "
                    + switch (value.getNodeType()) {
                        case STRING -> "a text";
                        case NUMBER -> "a number";
                        case NULL -> "null";
                        case ARRAY -> "a list";
                        default -> "an object";
                    });
        }
        return value.booleanValue();
    }

    private static JsonNode output(Bindings bindings) {
        JsonNode output = bindings.value(Root.OUTPUT);
        if (output == null) {
            throw ExpressionException.failed("Expected 'output' to have a value here, but it has none");
        }
        return output;
    }
}
