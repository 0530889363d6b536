package dev.ratchet.document;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Collects problems in the order found. Bounded, so that a large and thoroughly wrong body has an answer of bounded size:
 * past 1,000 they are only counted. Not thread-safe.
 */
public final class Problems {
    static final int LISTED = 1_000;

    private final List<Problem> listed = new ArrayList<>();
    private final Set<String> pointers = new HashSet<>();
    private int unlisted;

    /** Adds a problem. */
    public void add(String pointer, ErrorCode code, String message) {
        add(new Problem(pointer, code.wire(), message));
    }

    /** Adds a problem of form. */
    public void invalid(String pointer, String message) {
        add(pointer, ErrorCode.INVALID_INPUT, message);
    }

    public void add(Problem problem) {
        if (listed.size() == LISTED) {
            unlisted++;
        } else {
            listed.add(problem);
            pointers.add(problem.pointer());
        }
    }

    /** Whether a problem at exactly this place is listed. */
    public boolean has(String pointer) {
        return pointers.contains(pointer);
    }

    public boolean isEmpty() {
        return listed.isEmpty();
    }

    /** What was found; where there was too much, the last entry says how much more. */
    public List<Problem> list() {
        if (unlisted == 0) {
            return List.copyOf(listed);
        }
        List<Problem> all = new ArrayList<>(listed);
        all.add(new Problem(
                "",
                listed.get(0).code(),
                "Expected a sound document, but it has " + unlisted + " more problems than the " + LISTED + " listed"));
        return List.copyOf(all);
    }
}
