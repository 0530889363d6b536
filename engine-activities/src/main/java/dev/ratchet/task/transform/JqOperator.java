package dev.ratchet.task.transform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.operators.BinaryOperator;

/** An operator that refuses to repeat a text beyond what a value may have; the others at most add two values. */
record JqOperator(BinaryOperator operator) implements BinaryOperator {
    @Override
    public JsonNode apply(ObjectMapper mapper, JsonNode left, JsonNode right) throws JsonQueryException {
        if (operator.image().equals("*")) {
            repeated(left, right);
            repeated(right, left);
        }
        return operator.apply(mapper, left, right);
    }

    private static void repeated(JsonNode text, JsonNode times) {
        if (text.isTextual() && times.isNumber()) {
            JqBounds.current().size((long) Math.min(text.textValue().length() * times.doubleValue(), Long.MAX_VALUE));
        }
    }

    @Override
    public String image() {
        return operator.image();
    }
}
