package dev.ratchet.plan;

import dev.ratchet.expression.Names;
import dev.ratchet.expression.Root;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What the tasks of a scope may read of what is around it; notes what they do read. */
final class Surroundings {
    /** Of the root scope: nothing. */
    static final Predicate<String> NOTHING = id -> false;

    private final Predicate<String> readable;
    private final Root[] roots;
    private final SortedSet<String> reads = new TreeSet<>();

    /** @param roots the names that only a body has, its own and those of the bodies around it */
    Surroundings(Predicate<String> readable, Root... roots) {
        this.readable = readable;
        this.roots = roots.clone();
    }

    Root[] roots() {
        return roots.clone();
    }

    Names names(Names own) {
        return own.with(roots);
    }

    /** Whether a task around the scope is settled whenever something in the scope runs. */
    boolean isReadable(String id) {
        boolean may = readable.test(id);
        if (may) {
            reads.add(id);
        }
        return may;
    }

    /** Ids of the tasks around the scope that were read so far. */
    SortedSet<String> reads() {
        return reads;
    }
}
