package dev.ratchet.run;

import dev.ratchet.money.Ledger;
import dev.ratchet.plan.Plan;
import dev.ratchet.plan.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a new run takes over from an earlier one of the same graph: completed tasks with their outputs, and those that a
 * condition skipped, as long as nothing before them is carried out again. Pure.
 */
public final class Keeping {
    private final List<TaskRecord> kept;

    private Keeping(List<TaskRecord> kept) {
        this.kept = List.copyOf(kept);
    }

    /**
     * Chooses what stays.
     *
     * @param plan of the new run
     * @param earlier the tasks of the earlier run
     * @param from ids of tasks to carry out again in any case, with all that depends on them
     */
    public static Keeping of(Plan plan, List<TaskRecord> earlier, Set<String> from) {
        Map<String, TaskRecord> known = new TreeMap<>();
        earlier.stream()
                .filter(task -> task.key().scope().isEmpty())
                .forEach(task -> known.put(task.key().id(), task));
        Scope scope = plan.root();
        Set<Integer> again = new TreeSet<>();
        List<TaskRecord> kept = new ArrayList<>();
        for (int index : scope.topological()) {
            String id = scope.node(index).id();
            TaskRecord task = known.get(id);
            boolean after = false;
            for (int source : scope.sources(index)) {
                after |= again.contains(source);
            }
            if (after || from.contains(id) || task == null || !stands(task)) {
                again.add(index);
            } else {
                kept.add(asKept(task, kept.size() + 1));
            }
        }
        return new Keeping(kept);
    }

    /** The tasks as the new run shows them. */
    public List<TaskRecord> tasks() {
        return kept;
    }

    public Set<String> ids() {
        Set<String> ids = new TreeSet<>();
        kept.forEach(task -> ids.add(task.key().id()));
        return ids;
    }

    /** The state that the new run begins with; absent when it keeps nothing. */
    public @Nullable CarriedRun carried(Plan plan, long at) {
        if (kept.isEmpty()) {
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
            inline += task.output() instanceof Value.Inline(var json)
                    ? json.toString().length()
                    : 0;
        }
        return new CarriedRun(
                kept.stream().map(CarriedTask::kept).toList(),
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
                Audit.NONE);
    }

    /** Whether its end would be the same again. */
    private static boolean stands(TaskRecord task) {
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
