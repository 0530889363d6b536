package dev.ratchet.document;

import org.jspecify.annotations.Nullable;

/** The beginning of a text that is too long to travel. */
public final class Excerpt {
    private static final String CUT = "…";

    private Excerpt() {}

    /** At most so many characters of it, the mark of the cut included; never half a character. */
    public static String of(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = most - CUT.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + CUT;
    }

    /** The same of a text that may be absent. */
    public static @Nullable String ofNullable(@Nullable String text, int most) {
        return text == null ? null : of(text, most);
    }
}
