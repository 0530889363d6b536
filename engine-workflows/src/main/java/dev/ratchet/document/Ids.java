package dev.ratchet.document;

/** What an id may look like (contract, part 1): {@code [A-Za-z0-9_][A-Za-z0-9_.-]*}. */
public final class Ids {
    /** Characters in an id of a run, a task or a group. */
    public static final int MAX = 128;
    /** Characters in an id of an organization. */
    public static final int MAX_ORGANIZATION = 63;

    private Ids() {}

    /** Whether the text is an id of at most {@code max} characters. */
    public static boolean isId(String text, int max) {
        if (text.isEmpty() || text.length() > max || !isFirst(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isFirst(c) && c != '.' && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isFirst(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }
}
