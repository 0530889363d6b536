package dev.ratchet.task.transform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import java.util.TreeSet;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.operators.BinaryOperator;

/**
 * An operator that refuses to repeat a text beyond what a value may have, and whose integers are exact: compared whatever
 * their width, calculated within 64 bits.
 */
record JqOperator(BinaryOperator operator) implements BinaryOperator {
    @Override
    public JsonNode apply(ObjectMapper mapper, JsonNode left, JsonNode right) throws JsonQueryException {
        return switch (operator.image()) {
            case "==" -> BooleanNode.valueOf(JqOrder.EXACT.compare(left, right) == 0);
            case "!=" -> BooleanNode.valueOf(JqOrder.EXACT.compare(left, right) != 0);
            case "<" -> BooleanNode.valueOf(JqOrder.EXACT.compare(left, right) < 0);
            case "<=" -> BooleanNode.valueOf(JqOrder.EXACT.compare(left, right) <= 0);
            case ">" -> BooleanNode.valueOf(JqOrder.EXACT.compare(left, right) > 0);
            case ">=" -> BooleanNode.valueOf(JqOrder.EXACT.compare(left, right) >= 0);
            default -> calculated(mapper, left, right);
        };
    }

    private JsonNode calculated(ObjectMapper mapper, JsonNode left, JsonNode right) throws JsonQueryException {
        String image = operator.image();
        if (left.isIntegralNumber() && right.isIntegralNumber() && "+-*".contains(image)) {
            return whole(image, left.longValue(), right.longValue());
        }
        if (image.equals("-") && left.isArray() && right.isArray()) {
            return without(mapper, left, right);
        }
        if (image.equals("*")) {
            repeated(left, right);
            repeated(right, left);
        }
        return operator.apply(mapper, left, right);
    }

    private static JsonNode whole(String image, long left, long right) throws JsonQueryException {
        try {
            return JqValues.number(LongNode.valueOf(
                    switch (image) {
                        case "+" -> Math.addExact(left, right);
                        case "-" -> Math.subtractExact(left, right);
                        default -> Math.multiplyExact(left, right);
                    }));
        } catch (ArithmeticException e) {
            throw new JsonQueryException("the calculation overflows 64 bits");
        }
    }

    private static JsonNode without(ObjectMapper mapper, JsonNode left, JsonNode right) {
        TreeSet<JsonNode> taken = new TreeSet<>(JqOrder.EXACT);
        right.forEach(taken::add);
        ArrayNode rest = mapper.createArrayNode();
        left.forEach(item -> {
            if (!taken.contains(item)) {
                rest.add(item);
            }
        });
        return rest;
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
