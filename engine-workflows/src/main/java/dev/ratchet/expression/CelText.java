package dev.ratchet.expression;

/** The little of CEL's lexical grammar that is needed to find where an expression ends: literals and comments. */
final class CelText {
    private CelText() {}

    /**
     * The position after the literal, comment or single character that begins at {@code at}; the length of the text when a
     * literal does not end.
     */
    static int afterToken(String text, int at) {
        char c = text.charAt(at);
        if (c == '"' || c == '\'') {
            return afterLiteral(text, at, isRaw(text, at));
        }
        if (c == '`') {
            return after(text, "`", at + 1);
        }
        if (c == '/' && text.startsWith("//", at)) {
            int end = text.indexOf('\n', at);
            return end < 0 ? text.length() : end;
        }
        return at + 1;
    }

    private static int afterLiteral(String text, int at, boolean raw) {
        String quote = text.substring(at, at + 1);
        String triple = quote.repeat(3);
        String end = text.startsWith(triple, at) ? triple : quote;
        int i = at + end.length();
        while (i < text.length()) {
            if (text.startsWith(end, i)) {
                return i + end.length();
            }
            i += !raw && text.charAt(i) == '\\' ? 2 : 1;
        }
        return text.length();
    }

    /** Raw literals ({@code r"…"}, {@code br'…'}) have no escapes. */
    private static boolean isRaw(String text, int quote) {
        int start = quote;
        while (start > 0 && "rRbB".indexOf(text.charAt(start - 1)) >= 0 && quote - start < 2) {
            start--;
        }
        boolean partOfName = start > 0 && Character.isJavaIdentifierPart(text.charAt(start - 1));
        String prefix = text.substring(start, quote);
        return !partOfName && (prefix.indexOf('r') >= 0 || prefix.indexOf('R') >= 0);
    }

    private static int after(String text, String end, int from) {
        int found = text.indexOf(end, from);
        return found < 0 ? text.length() : found + end.length();
    }
}
