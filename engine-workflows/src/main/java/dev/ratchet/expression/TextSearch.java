package dev.ratchet.expression;

/** Search for a text in a text in linear time: the JDK's own search is quadratic for texts that are made for it. */
final class TextSearch {
    /** Up to this length of what is searched, the JDK's search is quick enough whatever the texts are. */
    private static final int SHORT = 64;

    private TextSearch() {}

    static boolean contains(String text, String searched) {
        return searched.length() <= SHORT ? text.contains(searched) : containsLong(text, searched);
    }

    private static boolean containsLong(String text, String searched) {
        int[] fallback = fallbacks(searched);
        int matched = 0;
        for (int i = 0; i < text.length(); i++) {
            matched = advance(searched, fallback, matched, text.charAt(i));
            if (matched == searched.length()) {
                return true;
            }
        }
        return false;
    }

    /** For each prefix, the length of the longest shorter prefix that also ends there (Knuth, Morris, Pratt). */
    private static int[] fallbacks(String searched) {
        int[] fallback = new int[searched.length()];
        int matched = 0;
        for (int i = 1; i < searched.length(); i++) {
            matched = advance(searched, fallback, matched, searched.charAt(i));
            fallback[i] = matched;
        }
        return fallback;
    }

    private static int advance(String searched, int[] fallback, int from, char next) {
        int matched = from;
        while (matched > 0 && searched.charAt(matched) != next) {
            matched = fallback[matched - 1];
        }
        return searched.charAt(matched) == next ? matched + 1 : matched;
    }
}
