package dev.ratchet.run;

import dev.ratchet.money.Ledger;
import dev.ratchet.plan.Body;
import dev.ratchet.plan.Node;
import dev.ratchet.plan.Plan;
import dev.ratchet.plan.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a new run takes over from an earlier one of the same graph: completed tasks with their outputs, and those that a
 * condition skipped, as long as nothing before them is carried out again; and of maps that are carried out again the items
 * that completed. Pure.
 */
public final class Keeping {
    private final List<TaskRecord> kept;
    private final SortedMap<String, KeptItems> items;

    private Keeping(List<TaskRecord> kept, SortedMap<String, KeptItems> items) {
        this.kept = List.copyOf(kept);
        this.items = items;
    }

    /**
     * What is to be carried out again.
     *
     * @param from ids of tasks to carry out again in any case, with all that depends on them
     * @param failedItems whether a map that completed is carried out again because items of it failed
     * @param otherInput whether the new run's input is another one: then items may be others too
     * @param joined what several leaves of an item gave together; absent when nobody can say, and the item is carried out again
     */
    public record Again(
            Set<String> from,
            boolean failedItems,
            boolean otherInput,
            Function<SortedMap<String, Value>, @Nullable Value> joined) {
        public Again {
            from = new TreeSet<>(from);
        }
    }

    /** Chooses what stays, with all that completed maps gave. */
    public static Keeping of(Plan plan, List<TaskRecord> earlier, Set<String> from) {
        return of(plan, earlier, new Again(from, false, false, outputs -> null));
    }

    /**
     * Chooses what stays.
     *
     * @param plan of the new run
     * @param earlier the tasks of the earlier run
     */
    public static Keeping of(Plan plan, List<TaskRecord> earlier, Again wish) {
        Map<String, TaskRecord> known = new TreeMap<>();
        earlier.stream()
                .filter(task -> task.key().scope().isEmpty())
                .forEach(task -> known.put(task.key().id(), task));
        CompletedItems completed = new CompletedItems(earlier, wish.joined());
        Scope scope = plan.root();
        Set<Integer> again = new TreeSet<>();
        List<TaskRecord> kept = new ArrayList<>();
        SortedMap<String, KeptItems> items = new TreeMap<>();
        for (int index : scope.topological()) {
            Node node = scope.node(index);
            TaskRecord task = known.get(node.id());
            boolean after = Arrays.stream(scope.sources(index)).anyMatch(again::contains);
            boolean anew = after || wish.from().contains(node.id());
            if (!anew && task != null && stands(task) && !(wish.failedItems() && hasFailedItems(node, task))) {
                kept.add(asKept(task, kept.size() + 1));
                continue;
            }
            again.add(index);
            KeptItems done = anew || task == null || wish.otherInput() ? null : completed.of(node, task);
            if (done != null) {
                items.put(node.id(), done);
            }
        }
        return new Keeping(kept, items);
    }

    private static boolean hasFailedItems(Node node, TaskRecord task) {
        TaskRecord.Progress progress = task.progress();
        return node.body() instanceof Body.Each && progress != null && progress.failed() > 0;
    }

    /** The tasks as the new run shows them. */
    public List<TaskRecord> tasks() {
        return kept;
    }

    /** What is kept of maps that are carried out again, by the map's id. */
    public SortedMap<String, KeptItems> items() {
        return items;
    }

    public Set<String> ids() {
        Set<String> ids = new TreeSet<>();
        kept.forEach(task -> ids.add(task.key().id()));
        return ids;
    }

    /** The state that the new run begins with; absent when it keeps nothing. */
    public @Nullable CarriedRun carried(Plan plan, long at) {
        if (kept.isEmpty() && items.isEmpty()) {
            return null;
        }
        Set<String> groups = new TreeSet<>();
        long inline = 0;
        for (TaskRecord task : kept) {
            String group =
                    plan.root().node(plan.root().indexOf(task.key().id())).group();
            if (group != null) {
                groups.add(group);
            }
            inline += inlineSize(task.output());
        }
        List<CarriedTask> tasks =
                new ArrayList<>(kept.stream().map(CarriedTask::kept).toList());
        for (Map.Entry<String, KeptItems> map : items.entrySet()) {
            tasks.add(CarriedTask.begun(TaskKey.root(map.getKey()), map.getValue()));
            for (Part part : map.getValue().parts().values()) {
                inline += inlineSize(part.output());
            }
        }
        return new CarriedRun(
                tasks,
                List.of(),
                0,
                false,
                kept.size(),
                1,
                0,
                inline,
                Ledger.withLimit(plan.policy().budgetLimit()),
                Usage.NONE,
                List.of(),
                null,
                at,
                null,
                List.copyOf(groups),
                Map.of(),
                List.of(),
                Audit.NONE,
                Map.of(),
                false,
                List.of());
    }

    private static long inlineSize(@Nullable Value value) {
        return value instanceof Value.Inline(var json) ? json.toString().length() : 0;
    }

    /** Whether its end would be the same again. */
    static boolean stands(TaskRecord task) {
        return task.state() == TaskStatus.COMPLETED
                || (task.state() == TaskStatus.SKIPPED
                        && (task.reason() == SkipReason.CONDITION || task.reason() == SkipReason.RULE_NOT_MET));
    }

    private static TaskRecord asKept(TaskRecord task, long version) {
        return new TaskRecord(
                task.key(),
                task.state(),
                version,
                1,
                null,
                null,
                0,
                task.startedAt(),
                task.endedAt(),
                task.output(),
                null,
                task.reason(),
                task.blockedBy(),
                null,
                task.simulated(),
                task.decisions(),
                List.of(),
                null,
                task.state() == TaskStatus.COMPLETED ? true : null,
                null,
                null);
    }
}
