package dev.ratchet.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ratchet.plan.Node;
import dev.ratchet.plan.PlanPolicy;
import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.plan.Scope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The tasks of one scope, and which of them are ready. */
final class ScopeState implements ScopeView {
    final Scope scope;
    final Lane main;
    final List<TaskState> tasks;
    final Map<String, GroupState> groups = new TreeMap<>();
    int unsettled;
    ScopeLife life = ScopeLife.OPEN;

    /** The task that repeats it has begun anew: it is only there for readers. */
    boolean past;

    /** The scope of the task that repeats it; absent for the root. */
    @Nullable
    ScopeState outer;

    ScopeState(String path, @Nullable ScopeState outer, Scope scope, PlanPolicy policy) {
        this.outer = outer;
        this.scope = scope;
        this.main = Lane.ofScope(path, policy);
        this.tasks = new ArrayList<>(scope.size());
        for (int i = 0; i < scope.size(); i++) {
            TaskState task = new TaskState(new TaskKey(path, scope.node(i).id()), scope.node(i), i, main);
            task.unsettledSources = scope.sources(i).length;
            tasks.add(task);
        }
        this.unsettled = tasks.size();
        collectGroups(policy);
        tasks.forEach(this::noteReady);
        groups.values().forEach(this::noteReady);
    }

    @Override
    public String path() {
        return main.scope();
    }

    @Override
    public int unsettled() {
        return unsettled;
    }

    @Override
    public ScopeLife life() {
        return life;
    }

    /** Nothing further begins in it from now on. What was told to stop is not told otherwise. */
    void stop(boolean cancels) {
        life = life.orLater(cancels ? ScopeLife.CANCELLING : ScopeLife.FINISHING);
    }

    /** Whether no task can begin in it: it is no longer open, or one around it is not. */
    boolean isStopping() {
        return life.isStopping() || (outer != null && outer.isStopping());
    }

    /** Whether nobody wants what is in flight in it: it was told to stop, or one around it was. */
    boolean isCancelling() {
        return life.compareTo(ScopeLife.CANCELLING) >= 0 || (outer != null && outer.isCancelling());
    }

    @Override
    public boolean isQuiet() {
        return tasks.stream()
                .noneMatch(task ->
                        task.phase.isInFlight() || (task.repetition != null && !task.repetition.open.isEmpty()));
    }

    @Override
    public boolean hasFailed() {
        return main.failed;
    }

    @Override
    public @Nullable TaskError firstError() {
        TaskState first = firstFailure();
        TaskError error = first == null ? null : first.error;
        return first == null || error == null
                ? null
                : new TaskError(
                        error.code(),
                        error.message(),
                        JsonNodeFactory.instance.objectNode().put("task", first.key.toString()));
    }

    @Override
    public List<TaskView> leaves() {
        List<TaskView> leaves = new ArrayList<>();
        for (TaskState task : tasks) {
            if (scope.targets(task.index).length == 0) {
                leaves.add(task);
            }
        }
        return leaves;
    }

    /** Moves a task to another phase; everything that follows from phases follows. */
    void move(TaskState task, Phase to) {
        boolean settles = to.isSettled() && !task.phase.isSettled();
        boolean reopens = !to.isSettled() && task.phase.isSettled();
        task.lane.leave(task);
        task.phase = to;
        task.lane.enter(task);
        if (settles) {
            unsettled--;
            settle(task);
        }
        if (reopens) {
            unsettled++;
            reopen(task);
            noteReady(task);
        }
    }

    /** The failed task that failed first, of those that may not fail; absent when there is none. */
    @Nullable
    TaskState firstFailure() {
        return tasks.stream()
                .filter(task -> task.phase == Phase.FAILED && !task.node.allowFailure())
                .min(Comparator.comparingLong(task -> task.version))
                .orElse(null);
    }

    /** Whoever depends on it has to wait for it again. */
    private void reopen(TaskState source) {
        for (int target : scope.targets(source.index)) {
            TaskState task = tasks.get(target);
            task.unsettledSources++;
            task.lane.ready.remove(task.index);
            GroupState held = heldGroup(task);
            if (held != null && groupOf(source.node) != held) {
                held.externalOpen++;
                main.readyGroups.remove(held.first());
            }
        }
    }

    /** Hands a task to another lane, in the phase it is to have there. */
    void transfer(TaskState task, Lane lane, Phase phase) {
        task.lane.leave(task);
        task.lane = lane;
        task.phase = phase;
        lane.enter(task);
        noteReady(task);
    }

    @Nullable
    GroupState heldGroup(TaskState task) {
        GroupState group = groupOf(task.node);
        return group == null || group.dissolved || task.lane.isGroup() ? null : group;
    }

    /** From now on its members are ready one by one. */
    void dissolve(GroupState group) {
        group.dissolved = true;
        main.readyGroups.remove(group.first());
        group.members.forEach(member -> noteReady(tasks.get(member)));
    }

    /** A worker has the group from now on. In the batch it counts as one, until the worker is done with it. */
    Lane handOver(GroupState group, long dispatch, int slots) {
        Lane lane = Lane.ofGroup(main.scope(), group, dispatch, slots);
        main.queuedGroups.remove(group.first());
        main.open++;
        group.members.forEach(member -> transfer(tasks.get(member), lane, Phase.PENDING));
        return lane;
    }

    /** The worker that had a group is done with it; what is left of the group runs one by one. */
    void takeBack(Lane lane) {
        main.open--;
        main.failed |= lane.failed;
        for (int member : lane.members()) {
            TaskState task = tasks.get(member);
            group(Objects.requireNonNull(task.node.group())).dissolved = true;
            transfer(task, main, task.phase);
        }
    }

    GroupState group(String name) {
        return Objects.requireNonNull(groups.get(name), () -> "Expected a group " + name + ", but there is none");
    }

    private void settle(TaskState source) {
        for (int target : scope.targets(source.index)) {
            TaskState task = tasks.get(target);
            task.unsettledSources--;
            noteReady(task);
            GroupState held = heldGroup(task);
            if (held != null && groupOf(source.node) != held) {
                held.externalOpen--;
                noteReady(held);
            }
        }
    }

    void noteReady(TaskState task) {
        if (task.phase == Phase.PENDING && task.unsettledSources == 0 && heldGroup(task) == null) {
            task.lane.ready.add(task.index);
        }
    }

    void noteReady(GroupState group) {
        if (!group.dissolved && group.externalOpen == 0 && tasks.get(group.first()).phase == Phase.PENDING) {
            main.readyGroups.put(group.first(), group.name);
        }
    }

    private @Nullable GroupState groupOf(Node node) {
        return node.group() == null ? null : groups.get(node.group());
    }

    private void collectGroups(PlanPolicy policy) {
        Map<String, List<Integer>> members = new TreeMap<>();
        for (TaskState task : tasks) {
            if (task.node.group() != null) {
                members.computeIfAbsent(task.node.group(), name -> new ArrayList<>())
                        .add(task.index);
            }
        }
        members.forEach((name, list) ->
                groups.put(name, new GroupState(name, List.copyOf(list), width(name), dissolves(list, policy))));
        groups.values().forEach(group -> group.externalOpen = externalEdges(group));
    }

    /** A group alone with one task gains nothing; one whose cost has no upper bound runs one by one under a budget. */
    private boolean dissolves(List<Integer> members, PlanPolicy policy) {
        return members.size() == 1
                || (policy.budgetLimit() != null
                        && members.stream().anyMatch(i -> scope.node(i).mode() == ExecutionMode.PREPARED));
    }

    int externalEdges(GroupState group) {
        int count = 0;
        for (int member : group.members) {
            for (int source : scope.sources(member)) {
                boolean inside = group.name.equals(scope.node(source).group());
                count += inside || tasks.get(source).phase.isSettled() ? 0 : 1;
            }
        }
        return count;
    }

    /** The largest number of members on one level of the graph. */
    private int width(String group) {
        int[] level = new int[scope.size()];
        Map<Integer, Integer> perLevel = new TreeMap<>();
        for (int i : scope.topological()) {
            for (int source : scope.sources(i)) {
                level[i] = Math.max(level[i], level[source] + 1);
            }
            if (group.equals(scope.node(i).group())) {
                perLevel.merge(level[i], 1, Integer::sum);
            }
        }
        return perLevel.values().stream().mapToInt(Integer::intValue).max().orElse(1);
    }
}
