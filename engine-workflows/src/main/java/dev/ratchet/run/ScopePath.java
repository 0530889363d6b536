package dev.ratchet.run;

import java.util.Comparator;

/** The path of a turn or an item: the key of the task that repeats, and a number, as in {@code draft[2]}. */
final class ScopePath {
    /** By id, and turns and items by number: {@code a[2]} comes before {@code a[10]}. The root comes first. */
    static final Comparator<String> ORDER = ScopePath::compare;

    private static final int MOST_DIGITS = 9;

    private ScopePath() {}

    static String of(TaskKey composite, int number) {
        return composite + "[" + number + "]";
    }

    /** The task that repeats; only of a path that is not the root's. */
    static TaskKey composite(String path) {
        return TaskKey.parse(path.substring(0, path.lastIndexOf('[')));
    }

    static int number(String path) {
        return Integer.parseInt(path, path.lastIndexOf('[') + 1, path.length() - 1, 10);
    }

    /** Whether a text is the path of a turn or an item: ids and numbers as they are written here, of a size that can be. */
    static boolean isPath(String text) {
        int bracket = text.lastIndexOf('[');
        if (bracket <= 0 || !text.endsWith("]") || !isNumber(text.substring(bracket + 1, text.length() - 1))) {
            return false;
        }
        TaskKey composite = composite(text);
        boolean plain = !composite.id().isEmpty()
                && composite.id().indexOf('[') < 0
                && composite.id().indexOf(']') < 0;
        return plain && (composite.scope().isEmpty() || isPath(composite.scope()));
    }

    private static boolean isNumber(String text) {
        boolean digits = !text.isEmpty()
                && text.length() <= MOST_DIGITS
                && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        return digits && (text.length() == 1 || text.charAt(0) != '0');
    }

    /** The path of the scope around it. */
    static String outer(String path) {
        return composite(path).scope();
    }

    /** The path without numbers: the same for all turns and items of one body. */
    static String shape(String path) {
        return path.isEmpty() ? path : path.replaceAll("\\[\\d+\\]", "[]");
    }

    private static int compare(String a, String b) {
        int at = 0;
        while (at < a.length() && at < b.length() && a.charAt(at) == b.charAt(at)) {
            at++;
        }
        int begin = Math.max(a.lastIndexOf('[', at - 1), b.lastIndexOf('[', at - 1)) + 1;
        boolean inNumber = begin > 0 && a.indexOf(']', begin) >= at && b.indexOf(']', begin) >= at;
        if (!inNumber || at == a.length() || at == b.length()) {
            return a.compareTo(b);
        }
        int one = Integer.parseInt(a, begin, a.indexOf(']', begin), 10);
        int other = Integer.parseInt(b, begin, b.indexOf(']', begin), 10);
        return one == other ? a.compareTo(b) : Integer.compare(one, other);
    }
}
