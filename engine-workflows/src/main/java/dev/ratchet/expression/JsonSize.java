package dev.ratchet.expression;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** How many bytes a value takes as compact UTF-8 JSON, within a few bytes for numbers; escapes are counted. */
final class JsonSize {
    private static final int NUMBER = 8;

    private JsonSize() {}

    /** The whole tree; fails with {@code execution_failed} when it is deeper than {@code depth} levels. */
    static long of(JsonNode tree, int depth) {
        if (!tree.isContainerNode()) {
            return ofScalar(tree);
        }
        if (depth == 0) {
            throw ExpressionException.failed("Expected values at most " + Limits.JSON_DEPTH
                    + " levels deep where they stand, but one is deeper");
        }
        long size = 2;
        for (Map.Entry<String, JsonNode> field : tree.properties()) {
            size += ofText(field.getKey()) + 2 + of(field.getValue(), depth - 1);
        }
        if (tree.isArray()) {
            for (JsonNode element : tree) {
                size += of(element, depth - 1) + 1;
            }
        }
        return size;
    }

    static long ofScalar(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> ofText(node.textValue());
            case NUMBER ->
                node.isBigInteger() || node.isBigDecimal() ? node.asText().length() : NUMBER;
            default -> 5;
        };
    }

    static long ofText(String text) {
        long size = 2L + text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                size += 1;
            } else if (c < ' ') {
                size += 5;
            } else if (c >= 0x80) {
                size += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            }
        }
        return size;
    }
}
