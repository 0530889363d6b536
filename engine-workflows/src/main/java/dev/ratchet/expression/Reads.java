package dev.ratchet.expression;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What an expression reads, found in its syntax tree: never more than the roots and tasks named here are fetched for it.
 *
 * @param roots the roots that occur
 * @param tasks the ids of all tasks that occur, sorted
 * @param outputs those of {@code tasks} whose output is read: their values must be at hand
 * @param secrets the names of the secrets that occur
 */
public record Reads(
        SortedSet<Root> roots, SortedSet<String> tasks, SortedSet<String> outputs, SortedSet<String> secrets) {
    /** Nothing at all, as of a constant. */
    public static final Reads NONE = new Reads(
            Collections.emptySortedSet(),
            Collections.emptySortedSet(),
            Collections.emptySortedSet(),
            Collections.emptySortedSet());

    public Reads {
        roots = Collections.unmodifiableSortedSet(new TreeSet<>(roots));
        tasks = Collections.unmodifiableSortedSet(new TreeSet<>(tasks));
        outputs = Collections.unmodifiableSortedSet(new TreeSet<>(outputs));
        secrets = Collections.unmodifiableSortedSet(new TreeSet<>(secrets));
    }

    /** The reads of an expression over the output at hand and nothing else. */
    static Reads ofOutput() {
        TreeSet<Root> roots = new TreeSet<>();
        roots.add(Root.OUTPUT);
        return new Reads(roots, NONE.tasks, NONE.outputs, NONE.secrets);
    }

    /** True when the output just produced is all that is needed: the worker that has it can answer at once. */
    public boolean onlyOutput() {
        return roots.stream().allMatch(root -> root == Root.OUTPUT);
    }

    public boolean reads(Root root) {
        return roots.contains(root);
    }

    public Reads and(Reads other) {
        if (other.roots.isEmpty()) {
            return this;
        }
        return roots.isEmpty()
                ? other
                : new Reads(
                        union(roots, other.roots),
                        union(tasks, other.tasks),
                        union(outputs, other.outputs),
                        union(secrets, other.secrets));
    }

    private static <T> SortedSet<T> union(SortedSet<T> some, SortedSet<T> others) {
        TreeSet<T> all = new TreeSet<>(some);
        all.addAll(others);
        return all;
    }
}
