package dev.ratchet.run;

import java.util.Comparator;

/** A task that waits until a time. */
record Due(long at, TaskKey key) implements Comparable<Due> {
    private static final Comparator<Due> ORDER =
            Comparator.comparingLong(Due::at).thenComparing(Due::key);

    @Override
    public int compareTo(Due other) {
        return ORDER.compare(this, other);
    }
}
