package dev.ratchet.run;

import dev.ratchet.plan.Body;
import dev.ratchet.plan.Plan;
import dev.ratchet.plan.PlanPolicy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The state of a run: the fold of its events. {@link #apply} is total and does only bookkeeping; whoever decides gets the
 * {@link RunView}. Not thread-safe: one loop owns it.
 */
public final class RunState extends StateReading {
    /** How many command ids a run remembers (they travel over continue-as-new). */
    private static final int REMEMBERED_COMMANDS = 1_000;

    /** Fewer unsealed tasks than that fill no page. */
    private static final int WORTH_WEIGHING = 16;

    private final EventApplier applier = new EventApplier(this);
    private int weighed;
    private long weighedBytes;

    public RunState(Plan plan) {
        super(plan);
    }

    /** Takes an event into account. Never decides, never fails on an event that a decider made of this very state. */
    public void apply(RunEvent event) {
        version++;
        course.updatedAt = Math.max(course.updatedAt, event.at());
        applier.apply(event);
    }

    /** Moves a task to another phase; everything that follows from phases follows. */
    TaskState move(TaskKey key, Phase to) {
        TaskState task = taskState(key);
        count(task.phase, -1);
        if (task.phase == Phase.RUNNING) {
            open.settle(task.dispatch, key);
        }
        agenda.set(task, null);
        if (to.isInFlight() || to == Phase.PARKED || (to.isSettled() && task.attempt == 0)) {
            task.revision = revision();
        }
        scope(key.scope()).move(task, to);
        if (to != Phase.REPEATING) {
            repeating.remove(key);
        }
        if (to != Phase.DELEGATED) {
            delegated.remove(key);
            task.errand = null;
        }
        count(to, 1);
        touch(task);
        return task;
    }

    /** Follows another graph from now on. Readers hear of what is new in it. */
    void patch(RunEvent.Patched event) {
        ScopeState before = scope(TaskKey.ROOT);
        plan = event.plan();
        revisions.add(event.revision());
        ScopeState after = PatchedScope.of(before, plan, open);
        instances += after.tasks.size() - before.tasks.size();
        scopes.put(TaskKey.ROOT, after);
        for (TaskState task : after.tasks) {
            int index = before.scope.indexOf(task.key.id());
            if (index < 0 || before.tasks.get(index) != task) {
                task.revision = revision();
                touch(task);
            }
        }
    }

    /** After a task was opened again: which failure counts now, if any does. */
    void reconsiderFailures(String path) {
        ScopeState scope = scope(path);
        TaskState first = scope.firstFailure();
        scope.main.failed = first != null;
        if (path.isEmpty()) {
            course.firstFailure = first == null ? null : first.key;
        }
    }

    void count(Phase phase, int one) {
        switch (phase) {
            case DECIDING, PREPARING -> asked += one;
            case EXECUTING -> executing += one;
            case PARKED -> parked += one;
            default -> {
                // lanes count the rest
            }
        }
    }

    void touch(TaskState task) {
        task.version = version;
    }

    void remember(String commandId, @Nullable TaskError refusal) {
        commands.put(commandId, refusal);
        if (commands.size() > REMEMBERED_COMMANDS) {
            commands.pollFirstEntry();
        }
    }

    /** A turn or an item begins: its tasks are there from now on. */
    ScopeState openScope(TaskKey composite, int number) {
        Repetition repetition = repetition(composite);
        repetition.begin(number);
        String path = ScopePath.of(composite, number);
        ScopeState scope = new ScopeState(path, repetition.body.scope(), plan.policy());
        scopes.put(path, scope);
        instances += scope.tasks.size();
        scope.tasks.forEach(this::touch);
        touch(taskState(composite));
        return scope;
    }

    /** A turn or an item as it was; its tasks are put back by themselves. */
    ScopeState restoreScope(TaskKey composite, String path, boolean open) {
        Body body = Objects.requireNonNull(taskState(composite).node.body());
        ScopeState scope = new ScopeState(path, body.scope(), plan.policy());
        (open ? scopes : ended).put(path, scope);
        return scope;
    }

    /** The tasks that something happened to, as they travel: those of the root, then scope by scope. */
    List<CarriedTask> carriedTasks() {
        List<ScopeState> in = all();
        in.sort(Comparator.comparing(ScopeState::path, ScopePath.ORDER));
        return in.stream()
                .flatMap(scope -> scope.tasks.stream())
                .filter(task -> task.phase != Phase.PENDING || task.version > 0)
                .map(CarriedTask::of)
                .toList();
    }

    void closeScope(String path) {
        ScopeState scope = scopes.remove(path);
        if (scope != null) {
            ended.put(path, scope);
        }
    }

    /** A task that is opened again repeats its body from the beginning. */
    void forgetWithin(TaskKey composite) {
        String within = composite + "[";
        ended.keySet().removeIf(path -> path.startsWith(within));
        unsealed.removeIf(key -> key.scope().startsWith(within));
    }

    Repetition repetition(TaskKey key) {
        return Objects.requireNonNull(
                taskState(key).repetition, () -> "Expected a task that repeats others, but " + key + " does not");
    }

    TaskState taskState(TaskKey key) {
        ScopeState scope = scope(key.scope());
        return scope.tasks.get(scope.scope.indexOf(key.id()));
    }

    /** A task as it travels. */
    CarriedTask carried(TaskKey key) {
        return CarriedTask.of(taskState(key));
    }

    /** Settled tasks that are in no sealed page yet, in the order in which they settled. */
    public List<TaskKey> unsealed() {
        return Collections.unmodifiableList(unsealed);
    }

    /** A page holds them now, as they are. What nobody reads any more is forgotten; what changed since stays. */
    public void seal(List<TaskRecord> page) {
        Set<TaskKey> sealed = new TreeSet<>();
        for (TaskRecord record : page) {
            TaskState task = taskState(record.key());
            if (task.version == record.version()) {
                task.seal();
                sealed.add(record.key());
            }
        }
        unsealed.removeAll(sealed);
        weighed = 0;
        weighedBytes = 0;
        ended.values().removeIf(scope -> scope.tasks.stream().allMatch(task -> task.sealed));
    }

    /** What readers are told of the tasks that are neither untouched nor sealed, and changed after a version. */
    public List<TaskRecord> records(long since) {
        return records(since, Integer.MAX_VALUE);
    }

    /** The first so many of them. */
    public List<TaskRecord> records(long since, int limit) {
        List<TaskRecord> records = new ArrayList<>();
        for (ScopeState scope : all()) {
            for (TaskState task : scope.tasks) {
                if (records.size() == limit) {
                    return records;
                }
                if (task.version > since && !task.sealed) {
                    records.add(task.record());
                }
            }
        }
        return records;
    }

    /**
     * What readers are told of the tasks that are neither untouched nor sealed, and changed after a version: a part of it.
     *
     * @param after the task where the last part ended; absent for the first part
     * @param most bytes of a part
     */
    public TaskPart part(long since, @Nullable TaskKey after, long most) {
        List<ScopeState> in = all();
        in.sort(Comparator.comparing(ScopeState::path, ScopePath.ORDER));
        return TaskPart.of(in, since, after, most);
    }

    /** What readers are told of one task; empty when nothing has happened to it, or when it is sealed or not there. */
    public Optional<TaskRecord> told(TaskKey key) {
        return task(key) instanceof TaskState task && task.version > 0 && !task.sealed
                ? Optional.of(task.record())
                : Optional.empty();
    }

    /** Whether what there is to tell of a task may be in a page. */
    public boolean maybeSealed(TaskKey key) {
        TaskView task = task(key);
        return task == null ? !key.scope().isEmpty() : task instanceof TaskState own && own.sealed;
    }

    /** Whether the unsealed tasks fill a page. Each is weighed once, and a handful not at all. */
    public boolean fillPage(int count, long weight) {
        if (unsealed.size() < weighed) {
            weighed = 0;
            weighedBytes = 0;
        }
        for (; unsealed.size() >= WORTH_WEIGHING && weighed < unsealed.size(); weighed++) {
            weighedBytes += taskState(unsealed.get(weighed)).weight();
        }
        return unsealed.size() >= count || weighedBytes >= weight;
    }

    /** How many of them, from the first, go into one page; at least one when there are any. */
    public int pageOf(int count, long weight) {
        long sum = 0;
        int page = 0;
        for (TaskKey key : unsealed) {
            sum += taskState(key).weight();
            if (page == count || (page > 0 && sum > weight)) {
                return page;
            }
            page++;
        }
        return page;
    }

    /** Whether nothing outside works on the run: then it can travel. */
    public boolean isQuiet() {
        return inFlight() == 0 && asked == 0 && open.numbers().isEmpty();
    }

    /** When the run was taken up; absent before. */
    public @Nullable Long startedAt() {
        return course.startedAt;
    }

    /** Folds on in the lane of a group that a worker has; null goes back to the lanes of the scopes. */
    void fold(@Nullable Long dispatch) {
        folding = dispatch == null ? null : open.groupLane(dispatch);
    }

    /** Whether a worker has a group under a dispatch. */
    boolean isGroup(long dispatch) {
        return open.groupLane(dispatch) != null;
    }

    /** Why a command that was read was refused; absent when it took effect. */
    public @Nullable TaskError refusal(String commandId) {
        return commands.get(commandId);
    }

    /** Bytes of inline outputs so far: what counts against the run's inline budget. */
    public long inlineBytes() {
        return inlineBytes;
    }

    public PlanPolicy policy() {
        return plan.policy();
    }

    /** The patches that were accepted, oldest first. */
    public List<Revision> revisions() {
        return Collections.unmodifiableList(revisions);
    }

    /** All that a reader learns of the run as a whole. */
    public RunRecord record() {
        return new RunRecord(
                status(),
                version,
                revision(),
                course.startedAt,
                course.endedAt,
                course.updatedAt,
                course.endError,
                course.endErrorTask,
                books.usage,
                books.ledger.limit(),
                books.ledger.reserved(),
                books.ledger.presumed(),
                null,
                scope(TaskKey.ROOT).main.batches);
    }
}
