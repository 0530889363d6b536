package dev.ratchet.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ratchet.plan.Node;
import dev.ratchet.plan.PlanPolicy;
import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.plan.Policies.OnFailure;
import dev.ratchet.plan.Scope;
import java.util.ArrayList;
import java.util.Collections;
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

    /** The scope of the task that repeats it; absent for the root. */
    @Nullable
    ScopeState outer;

    /** The task that repeats it; absent for the root. */
    final @Nullable TaskState composite;

    /** Its number among the turns or items of that task. */
    final int number;

    /** The life in which the turns and items inside were considered last. */
    @Nullable
    ScopeLife considered = ScopeLife.OPEN;

    private final Tally tally;
    /** Tasks that something outside works on, and turns and items inside that are open. */
    private int busy;

    /** The root scope. */
    ScopeState(Scope scope, PlanPolicy policy, Tally tally) {
        this(TaskKey.ROOT, null, null, 0, scope, policy, tally);
    }

    /** A turn or an item of a task of another scope. */
    ScopeState(ScopeState outer, TaskState composite, int number, PlanPolicy policy) {
        this(
                ScopePath.of(composite.key, number),
                outer,
                composite,
                number,
                Objects.requireNonNull(composite.node.body()).scope(),
                policy,
                outer.tally);
    }

    private ScopeState(
            String path,
            @Nullable ScopeState outer,
            @Nullable TaskState composite,
            int number,
            Scope scope,
            PlanPolicy policy,
            Tally tally) {
        this.outer = outer;
        this.composite = composite;
        this.number = number;
        this.tally = tally;
        this.scope = scope;
        this.main = Lane.ofScope(path, policy, tally);
        this.tasks = new ArrayList<>(scope.size());
        for (int i = 0; i < scope.size(); i++) {
            TaskState task = new TaskState(new TaskKey(path, scope.node(i).id()), scope.node(i), i, main);
            task.unsettledSources = scope.sources(i).length;
            tasks.add(task);
        }
        collectGroups(policy);
        tasks.forEach(this::place);
        groups.values().forEach(this::place);
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

    /** Its life goes on; it never goes back. */
    void enter(ScopeLife next) {
        if (life.isOpen() && !next.isOpen() && outer != null) {
            tasks.forEach(task -> count(task, null));
            tally.asked -= life == ScopeLife.EVALUATED ? 1 : 0;
            countInside(-1);
        }
        tally.asked += next == ScopeLife.EVALUATED && life.compareTo(next) < 0 ? 1 : 0;
        life = life.orLater(next);
        if (life.isStopping()) {
            main.stop();
        }
        tally.touch(this);
    }

    /** One more or less of what is open in the scope around it. */
    void countInside(int one) {
        if (outer != null) {
            outer.busy += one;
            tally.touch(outer);
        }
    }

    /** How far it, or one around it, is. */
    ScopeLife reach() {
        return outer == null ? life : life.orLater(outer.reach());
    }

    @Override
    public ScopeLife due(OnFailure policy) {
        boolean givenUp = composite != null && composite.repetition != null && composite.repetition.failure != null;
        ScopeLife around = outer == null ? ScopeLife.OPEN : outer.reach();
        return ScopeLife.due(givenUp, around, main.failed, policy);
    }

    /** Whether something follows for it by now. */
    boolean isDue(OnFailure policy) {
        return life.compareTo(ScopeLife.EVALUATED) < 0
                && (unsettled == 0 || due(policy).compareTo(life) > 0 || (life.isStopping() && isQuiet()));
    }

    @Override
    public boolean isQuiet() {
        return busy == 0;
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
        boolean before = task.phase.isSettled();
        task.phase = to;
        place(task);
        if (before != to.isSettled()) {
            tellTargets(task, before ? 1 : -1);
        }
    }

    /** Takes a task into account as it is now: its lane's sets, and the sums of its scope and of the run, follow. */
    void place(TaskState task) {
        count(task, task.phase);
        GroupState held = heldGroup(task);
        Lane.place(task, task.unsettledSources == 0 && held == null);
        if (held != null && held.first() == task.index) {
            place(held);
        }
    }

    /** Takes a group into account as it is now. */
    void place(GroupState group) {
        TaskState first = tasks.get(group.first());
        boolean waits = !group.dissolved && first.lane == main;
        main.place(
                group,
                waits && first.phase == Phase.PENDING && group.externalOpen == 0,
                waits && first.phase == Phase.GROUPED);
    }

    /** Goes on where another scope was, whose tasks are withdrawn and will be placed here. */
    void follow(ScopeState before) {
        busy = before.busy;
        enter(before.life);
    }

    /** Nothing counts its tasks any more: another scope takes its place. */
    void withdraw() {
        for (TaskState task : tasks) {
            count(task, null);
            Lane.withdraw(task);
        }
        groups.values().forEach(group -> main.place(group, false, false));
    }

    private void count(TaskState task, @Nullable Phase now) {
        Phase before = task.counted;
        if (before == now || !life.isOpen()) {
            return;
        }
        if (before != null) {
            count(task, before, -1);
        }
        if (now != null) {
            count(task, now, 1);
        }
        task.counted = now;
        tally.touch(this);
    }

    private void count(TaskState task, Phase phase, int one) {
        unsettled += phase.isSettled() ? 0 : one;
        busy += phase.isInFlight() ? one : 0;
        tally.count(task, phase, one);
    }

    /** The failed task that failed first, of those that may not fail; absent when there is none. */
    @Nullable
    TaskState firstFailure() {
        return tasks.stream()
                .filter(task -> task.phase == Phase.FAILED && !task.node.allowFailure())
                .min(Comparator.comparingLong(task -> task.version))
                .orElse(null);
    }

    /** Whoever depends on it has one source more, or less, to wait for. */
    private void tellTargets(TaskState source, int one) {
        for (int target : scope.targets(source.index)) {
            TaskState task = tasks.get(target);
            task.unsettledSources += one;
            GroupState held = heldGroup(task);
            if (held != null && groupOf(source.node) != held) {
                held.externalOpen += one;
                place(held);
            }
            place(task);
        }
    }

    /** Hands a task to another lane, in the phase it is to have there. */
    private void transfer(TaskState task, Lane lane, Phase phase) {
        task.lane = lane;
        task.phase = phase;
        place(task);
    }

    @Nullable
    GroupState heldGroup(TaskState task) {
        GroupState group = groupOf(task.node);
        return group == null || group.dissolved || task.lane.isGroup() ? null : group;
    }

    /** From now on its members are ready one by one. */
    void dissolve(GroupState group) {
        group.dissolved = true;
        place(group);
        group.members.forEach(member -> place(tasks.get(member)));
    }

    /** A worker has the group from now on. In the batch it counts as one, until the worker is done with it. */
    Lane handOver(GroupState group, long dispatch, int slots, long at) {
        Lane lane = main.ofGroup(group, dispatch, slots, at);
        main.countGroup(1);
        group.members.forEach(member -> transfer(tasks.get(member), lane, Phase.PENDING));
        place(group);
        return lane;
    }

    /** The worker that had a group is done with it; what is left of the group runs one by one. */
    void takeBack(Lane lane) {
        main.countGroup(-1);
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
        if (members.isEmpty()) {
            return;
        }
        Map<String, Integer> widths = widths();
        members.forEach((name, list) -> groups.put(
                name, new GroupState(name, List.copyOf(list), widths.getOrDefault(name, 1), dissolves(list, policy))));
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

    /** Of each group, the largest number of members on one level of the graph. */
    private Map<String, Integer> widths() {
        int[] level = new int[scope.size()];
        Map<String, Map<Integer, Integer>> levels = new TreeMap<>();
        for (int i : scope.topological()) {
            for (int source : scope.sources(i)) {
                level[i] = Math.max(level[i], level[source] + 1);
            }
            String group = scope.node(i).group();
            if (group != null) {
                levels.computeIfAbsent(group, name -> new TreeMap<>()).merge(level[i], 1, Integer::sum);
            }
        }
        Map<String, Integer> widths = new TreeMap<>();
        levels.forEach((group, counts) -> widths.put(group, Collections.max(counts.values())));
        return widths;
    }
}
