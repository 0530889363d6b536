package dev.ratchet.architecture.bad.verdict;

import java.util.List;
import java.util.Set;

/** Goes through a copy, whose order changes with each start of the JVM. */
public final class WalksCopies {
    public List<String> order(List<String> ids) {
        return List.copyOf(Set.copyOf(ids));
    }
}
