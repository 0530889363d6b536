package dev.ratchet.run;

import dev.ratchet.plan.Body;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How far a composite task has come: which turns or items are open, and what those gave that ended. Bookkeeping only. */
final class Repetition implements RepetitionView {
    final Body body;
    final int total;
    final @Nullable Value items;
    final List<Part> parts = new ArrayList<>();
    final TreeSet<Integer> open = new TreeSet<>();
    final TreeSet<Integer> due = new TreeSet<>();
    int begun;
    int ended;
    int failed;
    boolean goesOn = true;
    /** Task instances that it is still to have, as far as that was counted. */
    long promised;

    @Nullable
    TaskError failure;

    Repetition(Body body, int total, @Nullable Value items) {
        this.body = body;
        this.total = total;
        this.items = items;
    }

    void begin(int number) {
        open.add(number);
        begun = Math.max(begun, number + 1);
    }

    void end(int number, Part part, boolean more) {
        open.remove(number);
        due.remove(number);
        ended++;
        failed += part.error() == null ? 0 : 1;
        goesOn = more;
        if (body instanceof Body.Loop) {
            parts.clear();
            parts.add(part);
        } else {
            while (parts.size() <= number) {
                parts.add(Part.NONE);
            }
            parts.set(number, part);
        }
    }

    /** Whether something follows of what is not open: the next turn or item, or the end. */
    boolean goesFurther() {
        if (failure != null) {
            return open.isEmpty();
        }
        return switch (body) {
            case Body.Loop loop -> open.isEmpty();
            case Body.Each each -> begun < total ? open.size() < each.maxParallelism() : open.isEmpty();
        };
    }

    /** Task instances that a map whose items have begun is still to have; how often a loop turns nobody knows. */
    long outstanding() {
        return switch (body) {
            case Body.Loop loop -> 0;
            case Body.Each each ->
                failure == null && begun > 0
                        ? (long) (total - begun) * each.scope().instances()
                        : 0;
        };
    }

    TaskRecord.Progress progress() {
        return new TaskRecord.Progress(ended, failed, total);
    }

    /** What it gave, as it travels. */
    CarriedRepetition carried() {
        return new CarriedRepetition(
                total, items, List.copyOf(parts), List.copyOf(open), begun, ended, failed, goesOn, failure);
    }

    @Override
    public Body body() {
        return body;
    }

    @Override
    public int total() {
        return total;
    }

    @Override
    public @Nullable Value items() {
        return items;
    }

    @Override
    public List<Part> parts() {
        return parts;
    }

    @Override
    public SortedSet<Integer> open() {
        return open;
    }

    @Override
    public SortedSet<Integer> due() {
        return Collections.unmodifiableSortedSet(due);
    }

    @Override
    public int begun() {
        return begun;
    }

    @Override
    public boolean goesOn() {
        return goesOn;
    }

    @Override
    public @Nullable TaskError failure() {
        return failure;
    }

    @Override
    public @Nullable Value last() {
        return parts.isEmpty() ? null : Objects.requireNonNull(parts.getLast()).output();
    }
}
