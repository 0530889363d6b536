package dev.ratchet.expression;

/**
 * What the library would read but not as the author means it: regular expressions, which it hands to a backtracking engine;
 * functions at the end, which select nothing; filters that look at many places, which it takes as always true.
 */
final class JsonPathSyntax {
    private final String path;
    private int brackets;
    private int filter;

    private JsonPathSyntax(String path) {
        this.path = path;
    }

    /** Fails with {@code expression_invalid}, naming what is not supported. */
    static void check(String path) {
        new JsonPathSyntax(path).scan();
    }

    private void scan() {
        int at = 0;
        while (at < path.length()) {
            char c = path.charAt(at);
            refuse(at, c);
            track(at, c);
            at = c == '\'' || c == '"' ? CelText.afterToken(path, at) : at + 1;
        }
    }

    private void track(int at, char c) {
        if (c == '[') {
            brackets++;
            if (filter == 0 && path.startsWith("?", at + 1)) {
                filter = brackets;
            }
        } else if (c == ']') {
            if (brackets == filter) {
                filter = 0;
            }
            brackets--;
        }
    }

    private void refuse(int at, char c) {
        if (path.startsWith("=~", at)) {
            throw ExpressionException.invalid(
                    "Expected a JSONPath without '=~', but it has one: CEL's matches() compares with patterns");
        }
        if (c == '(' && brackets == 0) {
            throw ExpressionException.invalid("Expected a JSONPath that selects, but it calls a function");
        }
        if (filter > 0 && (c == '*' || c == ':' || path.startsWith("..", at))) {
            throw ExpressionException.invalid(
                    "Expected filters that look at one place, but one has '..', '*' or ':' in it");
        }
    }
}
