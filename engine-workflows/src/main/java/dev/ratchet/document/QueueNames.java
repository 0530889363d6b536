package dev.ratchet.document;

import java.util.regex.Pattern;

/**
 * What the name of a task queue may look like. Temporal keeps names for itself, behind which are activities that act for
 * every namespace, and refuses others only when a command names them, which would stop a run for ever.
 */
public final class QueueNames {
    /** Characters in a name. */
    public static final int MAX = 200;

    static final String EXPECTED = "letters, digits, '_', '.', ':', '/' and '-', not beginning with one of '.:/-'";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.:/-]*");
    private static final Pattern OF_TEMPORAL = Pattern.compile("(?i)_*temporal.*|.*/_sys/.*|_sys.*");

    private QueueNames() {}

    /** Whether a document may name a queue so. */
    public static boolean isQueue(String text) {
        return text.length() <= MAX
                && NAME.matcher(text).matches()
                && !OF_TEMPORAL.matcher(text).matches();
    }
}
