package dev.ratchet.document;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;

/** Builds one tree from a parser, without recursion, counting as it goes. */
final class JsonTree {
    private static final int ELEMENT_DEPTH = 3;

    private final JsonParser parser;
    private final StrictJson.Limits limits;
    private final JsonNodeFactory nodes = Numbers.NODES;
    private final Deque<JsonNode> open = new ArrayDeque<>();
    private long tokens;
    private int elements;

    JsonTree(JsonParser parser, StrictJson.Limits limits) {
        this.parser = parser;
        this.limits = limits;
    }

    /** What the strict reader refuses though it is JSON. */
    static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String pointer;

        Refusal(String pointer, String message) {
            super(message, null, false, false);
            this.pointer = pointer;
        }

        String pointer() {
            return pointer;
        }
    }

    JsonNode read() throws IOException {
        JsonToken first = next();
        if (first == null) {
            throw new Refusal("", "Expected a JSON document, but the body is empty");
        }
        JsonNode root = value(first);
        while (!open.isEmpty()) {
            step(next());
        }
        if (parser.nextToken() != null) {
            throw new Refusal("", "Expected one JSON document, but something follows it");
        }
        return root;
    }

    private JsonToken next() throws IOException {
        if (++tokens > limits.tokens(elements)) {
            throw new Refusal("", "Expected at most " + limits.tokens(elements) + " JSON tokens, but there are more");
        }
        return parser.nextToken();
    }

    private void step(JsonToken token) throws IOException {
        JsonNode container = open.element();
        if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
            open.pop();
        } else if (container instanceof ObjectNode object) {
            member(object, parser.currentName());
        } else {
            ((ArrayNode) container).add(value(token));
        }
    }

    private void member(ObjectNode object, String name) throws IOException {
        checkText(name);
        if (object.has(name)) {
            throw refusal("Expected each name once in an object, but this one is repeated");
        }
        if (object.size() == limits.maxMembers()) {
            throw refusal("Expected at most " + limits.maxMembers() + " members in an object, but there are more");
        }
        object.set(name, value(next()));
    }

    private JsonNode value(JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> opened(nodes.objectNode());
            case START_ARRAY -> opened(nodes.arrayNode());
            case VALUE_STRING -> text(parser.getText());
            case VALUE_NUMBER_INT -> integer();
            case VALUE_NUMBER_FLOAT -> decimal(parser.getDecimalValue());
            case VALUE_TRUE -> BooleanNode.TRUE;
            case VALUE_FALSE -> BooleanNode.FALSE;
            case VALUE_NULL -> NullNode.getInstance();
            case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw refusal("Expected a JSON value, but there is none");
        };
    }

    private JsonNode opened(JsonNode container) {
        open.push(container);
        if (open.size() > limits.maxDepth()) {
            throw refusal("Expected at most " + limits.maxDepth() + " levels, but there are more");
        }
        if (open.size() == ELEMENT_DEPTH && container.isObject()) {
            elements++;
        }
        return container;
    }

    private JsonNode text(String text) {
        checkText(text);
        return TextNode.valueOf(text);
    }

    private JsonNode integer() throws IOException {
        return switch (parser.getNumberType()) {
            case INT -> IntNode.valueOf(parser.getIntValue());
            case LONG -> LongNode.valueOf(parser.getLongValue());
            case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> BigIntegerNode.valueOf(parser.getBigIntegerValue());
        };
    }

    private JsonNode decimal(BigDecimal value) {
        if (!Numbers.isOfDoubleSize(value)) {
            throw refusal("Expected numbers of the size of a double, but this one is beyond it");
        }
        return DecimalNode.valueOf(value);
    }

    private void checkText(String text) {
        if (!Text.isSound(text)) {
            throw refusal("Expected text of Unicode characters, but this one holds half of one");
        }
    }

    private Refusal refusal(String message) {
        return new Refusal(parser.getParsingContext().pathAsPointer().toString(), message);
    }
}
