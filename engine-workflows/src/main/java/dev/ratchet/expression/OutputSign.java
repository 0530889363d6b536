package dev.ratchet.expression;

/** {@code $} in a condition is short for {@code output}; inside of literals and comments it is a character like others. */
final class OutputSign {
    private OutputSign() {}

    static String expand(String text) {
        if (text.indexOf('$') < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        int at = 0;
        while (at < text.length()) {
            if (text.startsWith("${", at)) {
                throw ExpressionException.invalid("Expected plain CEL in a condition, but found '${'");
            }
            int next = CelText.afterToken(text, at);
            if (text.charAt(at) == '$') {
                out.append(standsAlone(text, at) ? "output" : "$");
            } else {
                out.append(text, at, next);
            }
            at = next;
        }
        return out.toString();
    }

    /** {@code $x} and {@code x$} stay as they are, and so are refused by the compiler. */
    private static boolean standsAlone(String text, int at) {
        boolean before = at > 0 && isNamePart(text.charAt(at - 1));
        boolean after = at + 1 < text.length() && isNamePart(text.charAt(at + 1));
        return !before && !after;
    }

    private static boolean isNamePart(char c) {
        return c == '$' || c == '_' || Character.isLetterOrDigit(c);
    }
}
