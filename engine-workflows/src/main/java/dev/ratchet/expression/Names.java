package dev.ratchet.expression;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What an expression may read at the place where it stands: some roots, and the tasks that are settled whenever it is
 * evaluated. Immutable.
 */
public final class Names {
    private final Set<Root> roots;
    private final Predicate<String> readable;

    private Names(Set<Root> roots, Predicate<String> readable) {
        this.roots = roots;
        this.readable = readable;
    }

    /** These roots; no task is readable, also where {@link Root#TASKS} is among them. */
    public static Names of(Root... roots) {
        return new Names(setOf(roots), id -> false);
    }

    /** Every root but secrets, and every task: for tools and tests. */
    public static Names any() {
        EnumSet<Root> all = EnumSet.complementOf(EnumSet.of(Root.SECRETS));
        return new Names(all, id -> true);
    }

    /** The same with these roots too. */
    public Names with(Root... more) {
        EnumSet<Root> all = setOf(more);
        all.addAll(roots);
        return new Names(all, readable);
    }

    /** The same without these roots. */
    public Names without(Root... fewer) {
        EnumSet<Root> all = EnumSet.copyOf(roots);
        all.removeAll(setOf(fewer));
        return new Names(all, readable);
    }

    /** The same with {@code tasks} and {@code ctx}, for the ids that {@code readable} accepts. */
    public Names withTasks(Predicate<String> ids) {
        return new Names(with(Root.TASKS).roots, ids);
    }

    /** Refuses what {@code reads} may not read here, naming the first such root or task id. */
    void admit(Reads reads) {
        for (Root root : reads.roots()) {
            if (!roots.contains(root)) {
                throw ExpressionException.invalid("Expected one of the names " + listed() + ", but '" + root.text()
                        + "' is not available in this field");
            }
        }
        for (String task : reads.tasks()) {
            if (!readable.test(task)) {
                throw ExpressionException.invalid("Expected tasks that are always settled before this one, but '"
                        + Text.brief(task) + "' is not");
            }
        }
    }

    private String listed() {
        List<String> names = roots.stream().map(Root::text).sorted().collect(Collectors.toList());
        return names.isEmpty() ? "(none)" : String.join(", ", names);
    }

    private static EnumSet<Root> setOf(Root... roots) {
        EnumSet<Root> set = EnumSet.noneOf(Root.class);
        set.addAll(List.of(roots));
        return set;
    }
}
