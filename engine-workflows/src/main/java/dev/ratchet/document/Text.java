package dev.ratchet.document;

/**
 * Text that people or their programs wrote, where it is shortened or may be broken. Lengths are counted as Java does, in
 * UTF-16 units; nothing here ever parts a character, so what it gives can be written back. Where secrets may stand in a text
 * it is masked before it is cut.
 */
public final class Text {
    /** How a text ends that was cut. */
    public static final String CUT = "…";

    /** What stands for a character that cannot be told. */
    public static final char REPLACEMENT = '\uFFFD';

    private static final int BRIEF = 81;
    /** How far back the end of a cluster is looked for: marks without end are nobody's language. */
    private static final int CLUSTER = 16;

    private static final int JOINER = 0x200D;

    private Text() {}

    /** The text, or as much of its beginning as fits with a sign that it was cut: never more than {@code most} units. */
    public static String cut(String text, int most) {
        return text.length() <= most ? text : beginning(text, most - CUT.length()) + CUT;
    }

    /** As much of the beginning as fits, without a sign; a base letter keeps its marks, an emoji its parts. */
    public static String beginning(String text, int most) {
        return text.length() <= most ? text : text.substring(0, end(text, Math.max(0, most)));
    }

    /** The text on one line, without control characters, cut to what a message has room for. */
    public static String brief(String text) {
        return brief(text, BRIEF);
    }

    /** The same, of at most {@code most} units. */
    public static String brief(String text, int most) {
        StringBuilder line = new StringBuilder(sound(cut(text, most)));
        for (int i = 0; i < line.length(); i++) {
            if (isCommand(line.charAt(i))) {
                line.setCharAt(i, ' ');
            }
        }
        return line.toString();
    }

    /**
     * Whether a character tells a terminal or a page what to do, instead of being shown: controls, also those above ASCII,
     * separators of lines, and changes of the direction in which all that follows is read.
     */
    public static boolean isCommand(int character) {
        return Character.isISOControl(character)
                || character == 0x2028
                || character == 0x2029
                || (character >= 0x202A && character <= 0x202E)
                || (character >= 0x2066 && character <= 0x2069);
    }

    /** Whether every half of a surrogate pair stands beside its other half. */
    public static boolean isSound(CharSequence text) {
        return broken(text, 0) < 0;
    }

    /** The text with U+FFFD for each half of a pair that stands alone. */
    public static String sound(String text) {
        int at = broken(text, 0);
        if (at < 0) {
            return text;
        }
        StringBuilder mended = new StringBuilder(text);
        for (; at >= 0; at = broken(mended, at + 1)) {
            mended.setCharAt(at, REPLACEMENT);
        }
        return mended.toString();
    }

    /** How many halves stand alone. */
    static int halves(CharSequence text) {
        int count = 0;
        for (int at = broken(text, 0); at >= 0; at = broken(text, at + 1)) {
            count++;
        }
        return count;
    }

    /** Where the first half stands that is alone, from an index that is not inside of a pair; -1 when there is none. */
    private static int broken(CharSequence text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }

    private static int end(String text, int most) {
        int end = most;
        if (end > 0 && Character.isSurrogatePair(text.charAt(end - 1), text.charAt(end))) {
            end--;
        }
        int whole = end;
        for (int i = 0; i < CLUSTER && whole > 0 && isInside(text, whole); i++) {
            whole = text.offsetByCodePoints(whole, -1);
        }
        return whole > 0 && !isInside(text, whole) ? whole : end;
    }

    /** Whether what follows belongs to what precedes. */
    private static boolean isInside(String text, int at) {
        int next = text.codePointAt(at);
        return text.codePointBefore(at) == JOINER || next == JOINER || isMark(next);
    }

    private static boolean isMark(int character) {
        int type = Character.getType(character);
        return type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }
}
