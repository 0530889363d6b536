package dev.ratchet.service.patch;

import dev.ratchet.document.Pointers;
import dev.ratchet.document.Problem;
import dev.ratchet.plan.Warning;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of a patched document come from. What is wrong with it is told to whoever sent the patch, so pointers into
 * the document become pointers into the body that was sent: to the part of the operation's value that it is about, else to
 * the one operation that can be the reason, else to all of them. Not thread-safe while it is being filled.
 */
public final class Origins {
    private final String all;
    private final List<Mark> marks = new ArrayList<>();
    private final Set<String> operations = new LinkedHashSet<>();

    /** @param origin absent where something was removed */
    private record Mark(
            List<String> path, String operation, @Nullable Origin origin) {
        boolean isWithin(List<String> other) {
            return path.size() >= other.size() && path.subList(0, other.size()).equals(other);
        }

        boolean covers(List<String> other) {
            return origin != null
                    && other.size() >= path.size()
                    && other.subList(0, path.size()).equals(path);
        }
    }

    private Origins(String all) {
        this.all = all;
    }

    /** @param pointer to all that was asked for, in the body that was sent */
    public static Origins within(String pointer) {
        return new Origins(pointer);
    }

    /** A value now stands at a place; what was there before does not. */
    void put(List<String> place, Operation operation) {
        marks.removeIf(mark -> mark.isWithin(place));
        mark(place, operation, operation.origin());
    }

    /** A value now stands at an index of an array; what was there, and what follows, moved on. */
    void insert(List<String> place, Operation operation) {
        shift(place, 1);
        blur(place.subList(0, place.size() - 1));
        mark(place, operation, operation.origin());
    }

    /** Nothing stands at a place of an object any more. */
    void remove(List<String> place, Operation operation) {
        marks.removeIf(mark -> mark.isWithin(place));
        mark(place, operation, null);
    }

    /** An element of an array is gone, and what follows moved up. */
    void removeElement(List<String> place, Operation operation) {
        marks.removeIf(mark -> mark.isWithin(place));
        shift(place, -1);
        List<String> array = place.subList(0, place.size() - 1);
        blur(array);
        mark(array, operation, null);
    }

    /** Elements of an array that was sent are not where they were, so pointers lead to the array as a whole. */
    private void blur(List<String> array) {
        Mark sent = covering(array);
        if (sent != null && sent.origin() != null) {
            String whole = sent.origin().pointer(array.subList(sent.path().size(), array.size()));
            marks.add(new Mark(List.copyOf(array), sent.operation(), rest -> whole));
        }
    }

    /** What was put into the document closest to a place. */
    private @Nullable Mark covering(List<String> place) {
        Mark covering = null;
        for (Mark mark : marks) {
            boolean closer =
                    covering == null || mark.path().size() >= covering.path().size();
            covering = mark.covers(place) && closer ? mark : covering;
        }
        return covering;
    }

    private void mark(List<String> path, Operation operation, @Nullable Origin origin) {
        marks.add(new Mark(List.copyOf(path), operation.pointer(), origin));
        operations.add(operation.pointer());
    }

    private void shift(List<String> place, int by) {
        int depth = place.size() - 1;
        int from = Integer.parseInt(place.get(depth));
        marks.replaceAll(mark -> {
            boolean moves = mark.path().size() > depth
                    && mark.isWithin(place.subList(0, depth))
                    && Integer.parseInt(mark.path().get(depth)) >= from;
            if (!moves) {
                return mark;
            }
            List<String> path = new ArrayList<>(mark.path());
            path.set(depth, Integer.toString(Integer.parseInt(path.get(depth)) + by));
            return new Mark(List.copyOf(path), mark.operation(), mark.origin());
        });
    }

    /** A problem of the patched document, as one of the body that was sent. */
    public Problem trace(Problem problem) {
        Told told = told(problem.pointer());
        return new Problem(told.pointer(), problem.code(), problem.message() + told.place());
    }

    /** A warning of the patched document, as one of the body that was sent. */
    public Warning trace(Warning warning) {
        Told told = told(warning.pointer());
        return new Warning(told.pointer(), warning.message() + told.place());
    }

    /** @param place the place in the patched document, in words, where the pointer does not say as much */
    private record Told(String pointer, String place) {}

    private Told told(String pointer) {
        List<String> path = Pointers.segments(pointer);
        Mark covering = covering(path);
        if (covering != null && covering.origin() != null) {
            int depth = covering.path().size();
            return new Told(covering.origin().pointer(path.subList(depth, path.size())), "");
        }
        String place = pointer.isEmpty() ? "" : " (at " + pointer + " of the patched document)";
        return new Told(reason(path), place);
    }

    private String reason(List<String> path) {
        Set<String> beneath = new LinkedHashSet<>();
        marks.stream().filter(mark -> mark.isWithin(path)).forEach(mark -> beneath.add(mark.operation()));
        Set<String> reasons = beneath.isEmpty() ? operations : beneath;
        return reasons.size() == 1 ? reasons.iterator().next() : all;
    }
}
