package dev.ratchet.expression;

import java.util.ArrayList;
import java.util.List;

/**
 * A string with {@code ${…}} in it. {@code $${} stands for a literal {@code ${}. Immutable.
 *
 * <p>A string that is exactly one {@code ${…}} keeps the value's type; otherwise values become text: strings as they are,
 * everything else as compact JSON, so null is {@code null} and 1.0 is {@code 1.0}.
 */
public final class Template {
    /** A piece of the string: text, or CEL. */
    sealed interface Part {
        /** Text as it is. */
        record Literal(String text) implements Part {}

        /** CEL between the braces. */
        record Expression(String cel) implements Part {}
    }

    private final List<Part> parts;

    private Template(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /**
     * Finds the expressions of a string; whether they compile is asked by {@link Templates#check}.
     *
     * @throws ExpressionException {@code expression_invalid} when a {@code ${} is not closed
     */
    public static Template parse(String text) {
        List<Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int sign = text.indexOf('$', at);
            if (sign < 0) {
                break;
            }
            literal.append(text, at, sign);
            if (text.startsWith("$${", sign)) {
                literal.append("${");
                at = sign + 3;
            } else if (text.startsWith("${", sign)) {
                int end = endOf(text, sign + 2);
                flush(literal, parts);
                parts.add(new Part.Expression(text.substring(sign + 2, end).strip()));
                at = end + 1;
            } else {
                literal.append('$');
                at = sign + 1;
            }
        }
        literal.append(text, at, text.length());
        flush(literal, parts);
        return new Template(parts);
    }

    /** True when there is nothing to evaluate. */
    public boolean isLiteral() {
        return parts.stream().allMatch(part -> part instanceof Part.Literal);
    }

    /** True when the string is exactly one {@code ${…}}, whose value keeps its type. */
    public boolean isWhole() {
        return parts.size() == 1 && parts.get(0) instanceof Part.Expression;
    }

    /** The CEL texts in it, in order. */
    public List<String> expressions() {
        return parts.stream()
                .filter(Part.Expression.class::isInstance)
                .map(part -> ((Part.Expression) part).cel())
                .toList();
    }

    List<Part> parts() {
        return parts;
    }

    String whole() {
        return expressions().get(0);
    }

    private static void flush(StringBuilder literal, List<Part> parts) {
        if (!literal.isEmpty()) {
            parts.add(new Part.Literal(literal.toString()));
            literal.setLength(0);
        }
    }

    /** Where the brace is that closes the expression: not one of a map, a literal or a comment in it. */
    private static int endOf(String text, int from) {
        int depth = 0;
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '}' && depth-- == 0) {
                return at;
            }
            if (c == '{') {
                depth++;
            }
            at = CelText.afterToken(text, at);
        }
        throw ExpressionException.invalid("Expected '}' after '${', but the text ends; write '$${' for a literal '${'");
    }
}
