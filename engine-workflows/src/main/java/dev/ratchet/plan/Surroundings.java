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
    private final Names base;
    private final Root[] roots;
    private final SortedSet<String> reads = new TreeSet<>();

    /**
     * @param base what every expression may read, whatever it stands for
     * @param roots the names that only a body has, its own and those of the bodies around it
     */
    Surroundings(Predicate<String> readable, Names base, Root... roots) {
        this.base = base;
        this.readable = readable;
        this.roots = roots.clone();
    }

    Root[] roots() {
        return roots.clone();
    }

    Names base() {
        return base;
    }

    /** These names, and those that only this body has. */
    Names names(Root... own) {
        return base.with(own).with(roots);
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
