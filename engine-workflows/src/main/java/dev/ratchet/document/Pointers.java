package dev.ratchet.document;

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

    private static String escape(String name) {
        if (name.indexOf('~') < 0 && name.indexOf('/') < 0) {
            return name;
        }
        return name.replace("~", "~0").replace("/", "~1");
    }
}
