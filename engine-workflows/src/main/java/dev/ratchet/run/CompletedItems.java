package dev.ratchet.run;

import dev.ratchet.plan.Body;
import dev.ratchet.plan.Node;
import dev.ratchet.plan.Scope;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads from the tasks of an ended run which items of its maps completed, and what they gave. Pure. */
final class CompletedItems {
    private final List<TaskRecord> earlier;
    private final Function<SortedMap<String, Value>, @Nullable Value> joined;

    /** @param joined what several leaves gave together; absent when nobody can say */
    CompletedItems(List<TaskRecord> earlier, Function<SortedMap<String, Value>, @Nullable Value> joined) {
        this.earlier = earlier;
        this.joined = joined;
    }

    /** Those of a map that did not complete, or in which items failed; absent when there are none to keep. */
    @Nullable
    KeptItems of(Node map, TaskRecord record) {
        TaskRecord.Progress progress = record.progress();
        if (!(map.body() instanceof Body.Each each) || progress == null || hasRounds(record)) {
            return null;
        }
        SortedMap<Integer, Part> parts = new TreeMap<>();
        tasks(record.key(), progress.total()).forEach((number, tasks) -> {
            Part part = part(each.scope(), tasks);
            if (part != null) {
                parts.put(number, part);
            }
        });
        return parts.isEmpty() ? null : new KeptItems(progress.total(), parts);
    }

    /** Tasks of an earlier round stand beside those of the last one, and nobody can tell them apart. */
    private static boolean hasRounds(TaskRecord map) {
        return map.attempts() > 1;
    }

    private SortedMap<Integer, Map<String, TaskRecord>> tasks(TaskKey map, int total) {
        SortedMap<Integer, Map<String, TaskRecord>> items = new TreeMap<>();
        for (TaskRecord task : earlier) {
            String scope = task.key().scope();
            if (!scope.isEmpty() && ScopePath.composite(scope).equals(map) && ScopePath.number(scope) < total) {
                items.computeIfAbsent(ScopePath.number(scope), number -> new TreeMap<>())
                        .merge(task.key().id(), task, CompletedItems::newer);
            }
        }
        return items;
    }

    private static TaskRecord newer(TaskRecord one, TaskRecord other) {
        return other.version() >= one.version() ? other : one;
    }

    /** What an item gave, all of whose tasks came to an end that stands; absent when one did not. */
    private @Nullable Part part(Scope body, Map<String, TaskRecord> tasks) {
        if (tasks.size() != body.size() || !tasks.values().stream().allMatch(Keeping::stands)) {
            return null;
        }
        List<String> leaves = IntStream.range(0, body.size())
                .filter(index -> body.targets(index).length == 0)
                .mapToObj(index -> body.node(index).id())
                .toList();
        SortedMap<String, Value> outputs = new TreeMap<>();
        for (String leaf : leaves) {
            TaskRecord task = tasks.get(leaf);
            Value output = task == null ? null : task.output();
            if (output != null) {
                outputs.put(leaf, output);
            }
        }
        Value whole = leaves.size() == 1 ? outputs.get(leaves.getFirst()) : joined.apply(outputs);
        return whole == null && leaves.size() != 1 ? null : new Part(slim(whole), null);
    }

    private static @Nullable Value slim(@Nullable Value value) {
        return value instanceof Value.Stored stored
                ? new Value.Stored(stored.ref(), stored.size(), stored.mimeType(), null)
                : value;
    }
}
