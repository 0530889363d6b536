package dev.ratchet.expression;

import dev.ratchet.document.Text;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What an expression may read at the place where it stands: some roots, and the tasks that are settled whenever it is
 * evaluated; and how long it may be. Immutable.
 */
public final class Names {
    private final Set<Root> roots;
    private final Predicate<String> readable;
    private final int bytes;

    private Names(Set<Root> roots, Predicate<String> readable, int bytes) {
        this.roots = roots;
        this.readable = readable;
        this.bytes = bytes;
    }

    /** These roots; no task is readable, also where {@link Root#TASKS} is among them. */
    public static Names of(Root... roots) {
        return new Names(setOf(roots), id -> false, Limits.SOURCE);
    }

    /** Every root but secrets, and every task: for tools and tests. */
    public static Names any() {
        EnumSet<Root> all = EnumSet.complementOf(EnumSet.of(Root.SECRETS));
        return new Names(all, id -> true, Limits.SOURCE);
    }

    /** The same with these roots too. */
    public Names with(Root... more) {
        EnumSet<Root> all = setOf(more);
        all.addAll(roots);
        return new Names(all, readable, bytes);
    }

    /** The same without these roots. */
    public Names without(Root... fewer) {
        EnumSet<Root> all = EnumSet.copyOf(roots);
        all.removeAll(setOf(fewer));
        return new Names(all, readable, bytes);
    }

    /** The same with {@code tasks} and {@code ctx}, for the ids that {@code readable} accepts. */
    public Names withTasks(Predicate<String> ids) {
        return new Names(with(Root.TASKS).roots, ids, bytes);
    }

    /** The same for expressions of at most so many bytes; more than 4 KB never are. */
    public Names atMost(int sourceBytes) {
        return new Names(roots, readable, sourceBytes);
    }

    /** Refuses an expression that is longer than is allowed here. */
    void admit(String source) {
        if (source.length() > bytes || source.getBytes(StandardCharsets.UTF_8).length > bytes) {
            throw ExpressionException.invalid(
                    "Expected an expression of at most " + bytes + " bytes, but it is longer");
        }
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
