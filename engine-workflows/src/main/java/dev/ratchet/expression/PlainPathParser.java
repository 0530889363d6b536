package dev.ratchet.expression;

import dev.ratchet.expression.PlainPath.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads plain paths, and leaves everything that is more, or is written in an unusual way, to CEL. */
final class PlainPathParser {
    /** Words that CEL keeps for itself; what holds one is left to CEL, which has a message for it. */
    private static final Set<String> RESERVED = Set.of(
            "as",
            "break",
            "const",
            "continue",
            "else",
            "false",
            "for",
            "function",
            "if",
            "import",
            "in",
            "let",
            "loop",
            "namespace",
            "null",
            "package",
            "return",
            "true",
            "var",
            "void",
            "while");

    private PlainPathParser() {}

    /** The path that {@code text} is, or null where it is anything else. */
    static @Nullable PlainPath parse(String text) {
        int end = afterName(text, 0);
        Root root = Root.of(text.substring(0, end));
        if (root == null) {
            return null;
        }
        List<Step> steps = new ArrayList<>();
        int at = end;
        while (at < text.length()) {
            int next = text.charAt(at) == '.' ? field(text, at + 1, steps) : index(text, at, steps);
            if (next < 0 || steps.size() >= Limits.DEPTH) {
                return null;
            }
            at = next;
        }
        return new PlainPath(text.substring(0, end), root, List.copyOf(steps));
    }

    private static int field(String text, int from, List<Step> steps) {
        int end = afterName(text, from);
        String field = text.substring(from, end);
        if (field.isEmpty() || RESERVED.contains(field)) {
            return -1;
        }
        steps.add(new Step.Field(field));
        return end;
    }

    private static int index(String text, int at, List<Step> steps) {
        int close = text.indexOf(']', at);
        if (text.charAt(at) != '[' || close < at + 2) {
            return -1;
        }
        String index = text.substring(at + 1, close);
        char quote = index.charAt(0);
        if (quote == '\'' || quote == '"') {
            return quoted(text, at + 2, quote, steps);
        }
        if (index.length() > 6 || !index.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        steps.add(new Step.Position(Integer.parseInt(index)));
        return close + 1;
    }

    private static int quoted(String text, int from, char quote, List<Step> steps) {
        int end = text.indexOf(quote, from);
        if (end <= from || !text.startsWith("]", end + 1)) {
            return -1;
        }
        String field = text.substring(from, end);
        if (field.indexOf('\\') >= 0 || field.chars().anyMatch(Character::isISOControl)) {
            return -1;
        }
        steps.add(new Step.Field(field));
        return end + 2;
    }

    private static int afterName(String text, int from) {
        int end = from;
        while (end < text.length() && isNamePart(text.charAt(end), end == from)) {
            end++;
        }
        return end;
    }

    private static boolean isNamePart(char c, boolean first) {
        return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (!first && c >= '0' && c <= '9');
    }
}
