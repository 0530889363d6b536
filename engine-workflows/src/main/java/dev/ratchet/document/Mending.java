package dev.ratchet.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** One look at a value from outside: first at all of it, and only where something must be changed at a copy. */
final class Mending {
    /** Bits of the largest integer that the strict reader takes. */
    private static final int MAX_BITS = (int) (Intake.MAX_NUMBER * 3.33);

    private int halves;
    private boolean binary;

    /** How many halves of characters stood alone. */
    int halves() {
        return halves;
    }

    /** The value as it may travel; fails with {@link Unfit} where it may not. */
    JsonNode mended(JsonNode json) {
        look(json, Intake.MAX_DEPTH);
        return halves > 0 || binary ? copy(json) : json;
    }

    private void look(JsonNode json, int levels) {
        switch (json.getNodeType()) {
            case OBJECT -> look((ObjectNode) json, below(levels));
            case ARRAY -> {
                int inner = below(levels);
                json.forEach(item -> look(item, inner));
            }
            case STRING -> halves += Text.halves(json.textValue());
            case NUMBER -> look(json);
            case BINARY -> binary = true;
            case BOOLEAN, NULL -> {}
            case MISSING, POJO -> throw new Unfit("Expected JSON, but there is another kind of value in it");
        }
    }

    private static int below(int levels) {
        if (levels == 0) {
            throw new Unfit("Expected at most " + Intake.MAX_DEPTH + " levels of JSON, but there are more");
        }
        return levels - 1;
    }

    private void look(ObjectNode object, int levels) {
        if (object.size() > Intake.MAX_MEMBERS) {
            throw new Unfit("Expected at most " + Intake.MAX_MEMBERS + " members in an object, but there are more");
        }
        for (var field : object.properties()) {
            if (field.getKey().length() > Intake.MAX_NAME) {
                throw new Unfit(
                        "Expected names of at most " + Intake.MAX_NAME + " characters, but there is a longer one");
            }
            halves += Text.halves(field.getKey());
            look(field.getValue(), levels);
        }
    }

    private static void look(JsonNode number) {
        if (number.isBigInteger() && number.bigIntegerValue().bitLength() > MAX_BITS) {
            throw new Unfit("Expected integers of at most " + Intake.MAX_NUMBER + " digits, but there is a longer one");
        }
        boolean unfit = number.isBigDecimal()
                ? !Numbers.isOfDoubleSize(number.decimalValue())
                : number.isFloatingPointNumber() && !Double.isFinite(number.doubleValue());
        if (unfit) {
            throw new Unfit("Expected numbers of the size of a double, but there is one beyond it");
        }
    }

    private static JsonNode copy(JsonNode json) {
        if (json instanceof ObjectNode object) {
            ObjectNode copy = object.objectNode();
            for (var field : object.properties()) {
                String name = Text.sound(field.getKey());
                if (copy.has(name)) {
                    throw new Unfit(
                            "Expected the names in an object to differ, but two differ only in halves of characters");
                }
                copy.set(name, copy(field.getValue()));
            }
            return copy;
        }
        if (json instanceof ArrayNode array) {
            ArrayNode copy = array.arrayNode(array.size());
            array.forEach(item -> copy.add(copy(item)));
            return copy;
        }
        return json.isTextual() || json.isBinary() ? TextNode.valueOf(Text.sound(json.asText())) : json;
    }

    /** Ends the look. */
    static final class Unfit extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unfit(String message) {
            super(message, null, false, false);
        }
    }
}
