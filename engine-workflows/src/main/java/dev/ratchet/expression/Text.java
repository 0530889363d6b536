package dev.ratchet.expression;

/** Words of the user inside our messages: short, on one line, without control characters. */
final class Text {
    private static final int BRIEF = 80;

    private Text() {}

    static String brief(String text) {
        return brief(text, BRIEF);
    }

    static String brief(String text, int limit) {
        StringBuilder out = new StringBuilder(Math.min(text.length(), limit) + 1);
        for (int i = 0; i < text.length() && out.length() < limit; i++) {
            char c = text.charAt(i);
            out.append(Character.isISOControl(c) || Character.isSurrogate(c) ? ' ' : c);
        }
        return text.length() > limit ? out.append('…').toString() : out.toString();
    }
}
