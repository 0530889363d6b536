package dev.ratchet.faults;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a round of a campaign found to be otherwise than it should be. Thread-safe. */
final class Findings {
    private static final int MOST = 200;
    private static final int LONGEST = 1_000;

    private final List<Finding> all = new CopyOnWriteArrayList<>();

    /**
     * One of them.
     *
     * @param invariant by its number in {@code docs/reliability.md}, or what else was to hold
     * @param about the run, or whatever else it is about
     */
    record Finding(String invariant, String about, String what) {}

    void add(String invariant, String about, String what, Object... values) {
        if (all.size() < MOST) {
            all.add(new Finding(invariant, about, oneLine(values.length == 0 ? what : what.formatted(values))));
        }
    }

    /** Answers of the API and traces of stacks are long; the folder of the round has all of them. */
    private static String oneLine(String text) {
        String line = text.replace('\n', ' ');
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + " …";
    }

    List<Finding> all() {
        return List.copyOf(all);
    }
}
