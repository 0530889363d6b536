package dev.ratchet.document;

import java.util.Arrays;
import java.util.List;

/** Plain JSON pointers (RFC 6901) into the body that was sent. */
public final class Pointers {
    private Pointers() {}

    /** The pointer to a member of the object at {@code base}. */
    public static String member(String base, String name) {
        return base + '/' + escape(name);
    }

    /** The pointer to an element of the array at {@code base}. */
    public static String element(String base, int index) {
        return base + '/' + index;
    }

    /** The pointer to what a path of names and indexes leads to, from the value at {@code base} down. */
    public static String path(String base, Iterable<?> steps) {
        StringBuilder pointer = new StringBuilder(base);
        for (Object step : steps) {
            pointer.append('/').append(escape(step.toString()));
        }
        return pointer.toString();
    }

    /** The steps of a pointer, unescaped; none for the whole body. */
    public static List<String> segments(String pointer) {
        return pointer.isEmpty()
                ? List.of()
                : Arrays.stream(pointer.substring(1).split("/", -1))
                        .map(Pointers::unescape)
                        .toList();
    }

    public static String unescape(String segment) {
        return segment.indexOf('~') < 0 ? segment : segment.replace("~1", "/").replace("~0", "~");
    }

    private static String escape(String name) {
        if (name.indexOf('~') < 0 && name.indexOf('/') < 0) {
            return name;
        }
        return name.replace("~", "~0").replace("/", "~1");
    }
}
