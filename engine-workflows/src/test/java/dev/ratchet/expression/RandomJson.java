package dev.ratchet.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.Random;

/** Any JSON value, the same for the same seed. */
final class RandomJson {
    private static final String[] TEXTS = {
        "",
        "plain",
        "${input}",
        "$${x}",
        "\"quoted\" \\ back",
        "line\nbreak",
        "\u0000",
        "h\u00e9llo \u20ac \ud83d\ude00",
        "'",
        "}"
    };
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Random random;

    RandomJson(long seed) {
        random = new Random(seed);
    }

    JsonNode value(int depth) {
        return switch (random.nextInt(depth > 0 ? 10 : 8)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2 -> NODES.numberNode(random.nextInt());
            case 3 -> NODES.numberNode(random.nextLong());
            case 4 -> NODES.numberNode(random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20));
            case 5 -> NODES.numberNode(new BigInteger(100, random));
            case 6, 7 -> NODES.textNode(text());
            case 8 -> array(depth - 1);
            default -> object(depth - 1);
        };
    }

    private String text() {
        return TEXTS[random.nextInt(TEXTS.length)] + (random.nextBoolean() ? "" : random.nextInt());
    }

    private ArrayNode array(int depth) {
        ArrayNode array = NODES.arrayNode();
        for (int i = random.nextInt(5); i > 0; i--) {
            array.add(value(depth));
        }
        return array;
    }

    private ObjectNode object(int depth) {
        ObjectNode object = NODES.objectNode();
        for (int i = random.nextInt(5); i > 0; i--) {
            object.set(text(), value(depth));
        }
        return object;
    }
}
