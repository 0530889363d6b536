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
    final TreeSet<Integer> waiting = new TreeSet<>();
    final TreeSet<Integer> kept = new TreeSet<>();

    /** The most attempts that a task of an earlier round had: those of this one are counted from there. */
    final int attemptsBefore;

    /** The most attempts that one of those that ended had. */
    int mostAttempts;

    int begun;
    int ended;
    int failed;
    boolean goesOn = true;
    /** Task instances that it is still to have, as far as that was counted. */
    long promised;

    @Nullable
    TaskError failure;

    Repetition(Body body, int total, @Nullable Value items, int attemptsBefore) {
        this.attemptsBefore = attemptsBefore;
        this.mostAttempts = attemptsBefore;
        this.body = body;
        this.total = total;
        this.items = items;
    }

    void begin(int number) {
        open.add(number);
        waiting.remove(number);
        begun = Math.max(begun, number + 1);
        passKept();
    }

    /** Takes what an earlier run has done of the same items. */
    void keep(KeptItems items) {
        if (items.total() != total) {
            return;
        }
        items.parts().forEach((number, part) -> {
            kept.add(number);
            ended++;
            set(number, part);
        });
        passKept();
    }

    private void passKept() {
        while (kept.contains(begun)) {
            begun++;
        }
    }

    private void set(int number, Part part) {
        while (parts.size() <= number) {
            parts.add(Part.NONE);
        }
        parts.set(number, part);
    }

    /** An item that failed is open again, as soon as there is a place for it. */
    void reopen(int number) {
        open.add(number);
        waiting.add(number);
        ended--;
        failed--;
        parts.set(number, Part.NONE);
    }

    void end(int number, Part part, boolean more) {
        open.remove(number);
        due.remove(number);
        waiting.remove(number);
        ended++;
        failed += part.error() == null ? 0 : 1;
        goesOn = more;
        if (body instanceof Body.Loop) {
            parts.clear();
            parts.add(part);
        } else {
            set(number, part);
        }
    }

    /** Takes note of the attempts of a turn or an item that ended. */
    void count(ScopeState ended) {
        for (TaskState task : ended.tasks) {
            int within = task.repetition == null ? task.attemptsWithin : task.repetition.mostAttempts;
            mostAttempts = Math.max(mostAttempts, Math.max(task.attempt, within));
        }
    }

    /** Whether something follows of what is not open: the next turn or item, or the end. */
    boolean goesFurther() {
        if (failure != null) {
            return open.isEmpty();
        }
        return switch (body) {
            case Body.Loop loop -> open.isEmpty();
            case Body.Each each ->
                begun < total || !waiting.isEmpty()
                        ? open.size() - waiting.size() < each.maxParallelism()
                        : open.isEmpty();
        };
    }

    /** Task instances that a map whose items have begun is still to have; how often a loop turns nobody knows. */
    long outstanding() {
        return switch (body) {
            case Body.Loop loop -> 0;
            case Body.Each each ->
                failure == null && begun > 0
                        ? (long) (total - begun - kept.tailSet(begun).size())
                                * each.scope().instances()
                        : 0;
        };
    }

    TaskRecord.Progress progress() {
        return new TaskRecord.Progress(ended, failed, total);
    }

    /** What it gave, as it travels. */
    CarriedRepetition carried() {
        return new CarriedRepetition(
                total,
                items,
                List.copyOf(parts),
                List.copyOf(open),
                List.copyOf(waiting),
                List.copyOf(kept),
                attemptsBefore,
                mostAttempts,
                begun,
                ended,
                failed,
                goesOn,
                failure);
    }

    /** The same of one that is over for good: how far it came, and not what it gave. */
    CarriedRepetition carriedCounts() {
        return new CarriedRepetition(
                total,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                attemptsBefore,
                mostAttempts,
                begun,
                ended,
                failed,
                false,
                null);
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
    public SortedSet<Integer> waiting() {
        return waiting;
    }

    @Override
    public boolean isKept(int number) {
        return kept.contains(number);
    }

    @Override
    public boolean hasFailed(int number) {
        return number < parts.size() && parts.get(number).error() != null;
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
