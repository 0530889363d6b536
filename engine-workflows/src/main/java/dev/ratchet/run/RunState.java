package dev.ratchet.run;

import dev.ratchet.plan.Plan;
import dev.ratchet.plan.PlanPolicy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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

    /** Of a run that begins under today's rules. */
    public RunState(Plan plan) {
        this(plan, EngineVersions.CURRENT);
    }

    /** @param engineVersion the version of the rules that the run began under */
    public RunState(Plan plan, int engineVersion) {
        super(plan, engineVersion);
    }

    /** Takes an event into account. Never decides, never fails on an event that a decider made of this very state. */
    public void apply(RunEvent event) {
        version++;
        if (!(event instanceof RunEvent.WorkerSought)) {
            course.updatedAt = Math.max(course.updatedAt, event.at());
        }
        applier.apply(event);
        tally.takeTouched().forEach(this::reconsider);
    }

    /** Moves a task to another phase; everything that follows from phases follows. */
    TaskState move(TaskKey key, Phase to) {
        TaskState task = taskState(key);
        task.unpolled = false;
        if (task.phase == Phase.RUNNING) {
            open.settle(task.dispatch, key);
        }
        agenda.set(task, null);
        if (to.isInFlight() || to == Phase.PARKED || (to.isSettled() && task.ownAttempts() == 0)) {
            task.revision = revision();
        }
        scope(key.scope()).move(task, to);
        if (to != Phase.DELEGATED) {
            delegated.remove(key);
            task.errand = null;
        }
        if (task.repetition != null) {
            reconsider(task);
        }
        touch(task);
        return task;
    }

    /** Follows another graph from now on. Readers hear of what is new in it. */
    void patch(RunEvent.Patched event) {
        ScopeState before = scope(TaskKey.ROOT);
        plan = event.plan();
        revisions.add(event.revision());
        ScopeState after = PatchedScope.of(before, plan, open, tally);
        instances += after.tasks.size() - before.tasks.size();
        scopes.put(TaskKey.ROOT, after);
        scopes.values().stream().filter(scope -> scope.outer == before).forEach(scope -> scope.outer = after);
        reconsiderAll();
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
        tally.touch(scope);
        if (path.isEmpty()) {
            course.firstFailure = first == null ? null : first.key;
        }
    }

    /** Something happened to a scope: whether something follows for it, for what is inside it, and for what it is a turn of. */
    private void reconsider(ScopeState scope) {
        TaskState composite = scope.composite;
        if (composite == null || composite.repetition == null) {
            return;
        }
        if (scope.considered != scope.life) {
            scope.considered = scope.life;
            scope.tasks.forEach(this::reconsiderWithin);
        }
        if (scope.isDue(plan.policy().onFailure())) {
            composite.repetition.due.add(scope.number);
        } else {
            composite.repetition.due.remove(scope.number);
        }
        reconsider(composite);
    }

    /** What becomes of turns and items follows from what is around them, too. */
    void reconsiderWithin(TaskState composite) {
        if (composite.repetition != null && composite.phase == Phase.REPEATING) {
            for (int number : composite.repetition.open) {
                ScopeState turn = scope(ScopePath.of(composite.key, number));
                turn.considered = null;
                reconsider(turn);
            }
            reconsider(composite);
        }
    }

    /** Whether something follows for a task that repeats others. */
    void reconsider(TaskState composite) {
        Repetition repetition = Objects.requireNonNull(composite.repetition);
        boolean repeats = composite.phase == Phase.REPEATING;
        long outstanding = repeats ? repetition.outstanding() : 0;
        tally.promised += outstanding - repetition.promised;
        repetition.promised = outstanding;
        boolean goesOn = repetition.goesFurther()
                && !scope(composite.key.scope()).reach().isStopping();
        if (repeats && (goesOn || !repetition.due.isEmpty())) {
            repetitionsDue.add(composite.key);
        } else {
            repetitionsDue.remove(composite.key);
        }
    }

    /** The same of all turns and items, and of what repeats them. */
    void reconsiderAll() {
        List.copyOf(tally.repeating).forEach(key -> reconsiderWithin(taskState(key)));
        tally.takeTouched();
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
        ScopeState known = scopes.get(path);
        if (known != null && known.life == ScopeLife.WAITING) {
            known.goOn();
            return known;
        }
        if (known != null) {
            over.remove(path);
            unsealed.removeIf(key -> key.scope().equals(path));
        }
        ScopeState scope = begin(composite, number);
        instances += scope.tasks.size();
        for (TaskState task : scope.tasks) {
            task.attempt = repetition.attemptsBefore;
            task.earlierAttempts = repetition.attemptsBefore;
            task.attemptsWithin = repetition.attemptsBefore;
            task.given = early.take(task.key);
            touch(task);
        }
        touch(taskState(composite));
        return scope;
    }

    private ScopeState begin(TaskKey composite, int number) {
        ScopeState scope = new ScopeState(scope(composite.scope()), taskState(composite), number, plan.policy());
        scopes.put(scope.path(), scope);
        scope.countInside(1);
        return scope;
    }

    /** An item that ended waits to go on; what is to be done in it again is opened task by task. */
    void reopenItem(TaskState map, int number) {
        repetition(map.key).reopen(number);
        String path = ScopePath.of(map.key, number);
        ScopeState scope = scope(path);
        scope.beginAgain();
        over.remove(path);
        failedItems.forget(path);
    }

    /** A turn or an item as it was; its tasks are put back by themselves. */
    ScopeState restoreScope(String path, ScopeLife life) {
        ScopeState scope = begin(ScopePath.composite(path), ScopePath.number(path));
        if (life == ScopeLife.WAITING) {
            scope.await();
        } else {
            scope.enter(life);
        }
        if (!life.isOpen()) {
            over.add(path);
        }
        return scope;
    }

    /** The tasks that something happened to, as they travel: those of the root, then scope by scope. */
    List<CarriedTask> carriedTasks() {
        Set<TaskKey> mayGoOn = scopes.values().stream()
                .filter(scope -> FailedItems.mayBeOpenedAgain(this, scope))
                .map(scope -> ScopePath.composite(scope.path()))
                .collect(Collectors.toCollection(TreeSet::new));
        return scopes.values().stream()
                .flatMap(scope -> scope.tasks.stream())
                .filter(task -> task.phase != Phase.PENDING || task.version > 0 || task.keptItems != null)
                .map(task -> CarriedTask.of(task, mayGoOn.contains(task.key)))
                .toList();
    }

    /** What its edges say counts from now on, whatever becomes of their sources. */
    void markEdges(TaskState task) {
        if (task.edgeMarks == null) {
            task.edgeMarks = EdgeMarks.of(this, task);
        }
    }

    /** Whoever follows from a task that is opened again will be asked for something else, if it ever is again. */
    void askAnew(TaskState task) {
        Dependants.all(this, task).forEach(other -> taskState(other.key()).askAnew());
    }

    /** Nothing further begins in a turn or an item. */
    void closeScope(String path, boolean cancels) {
        ScopeState scope = scope(path);
        if (scope.composite != null && scope.composite.repetition != null) {
            scope.composite.repetition.waiting.remove(scope.number);
        }
        scope.enter(cancels ? ScopeLife.CANCELLING : ScopeLife.FINISHING);
    }

    /** A turn or an item is over. */
    void endScope(String path) {
        scope(path).enter(ScopeLife.ENDED);
        over.add(path);
    }

    /** A task that is opened again repeats its body from the beginning. */
    void forgetWithin(TaskState composite) {
        if (composite.node.body() == null) {
            return;
        }
        String within = composite.key + "[";
        for (String path : List.copyOf(over)) {
            if (path.startsWith(within)) {
                scope(path).past = true;
                forgetSealed(path);
            }
        }
    }

    Repetition repetition(TaskKey key) {
        return Objects.requireNonNull(
                taskState(key).repetition, () -> "Expected a task that repeats others, but " + key + " does not");
    }

    TaskState taskState(TaskKey key) {
        ScopeState scope = scope(key.scope());
        return scope.tasks.get(scope.scope.indexOf(key.id()));
    }

    /** A task as it travels to a worker, where nothing is known of what others repeat. */
    CarriedTask carried(TaskKey key) {
        return CarriedTask.of(taskState(key), null);
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
        List.copyOf(over).forEach(this::forgetSealed);
    }

    /** A turn or an item that is over is there only until all its tasks are in pages, unless it may go on after all. */
    void forgetSealed(String path) {
        ScopeState scope = scope(path);
        if (scope.tasks.stream().allMatch(task -> task.sealed) && !failedItems.keep(this, scope)) {
            scopes.remove(path);
            over.remove(path);
        }
    }

    /** What readers are told of the tasks that are neither untouched nor sealed, and changed after a version. */
    public List<TaskRecord> records(long since) {
        return records(since, Integer.MAX_VALUE);
    }

    /** The first so many of them. */
    public List<TaskRecord> records(long since, int limit) {
        List<TaskRecord> records = new ArrayList<>();
        for (ScopeState scope : scopes.values()) {
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
        return TaskPart.of(scopes.values(), since, after, most);
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
        return inFlight() == 0 && tally.asked == 0 && open.numbers().isEmpty();
    }

    /** The same, but for some dispatches, which travel with it. */
    public boolean isQuietBut(Set<Long> dispatches) {
        return tally.executing == 0 && tally.asked == 0 && dispatches.containsAll(open.numbers());
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

    @Override
    public List<TaskView> carried(long dispatch) {
        Lane lane = open.groupLane(dispatch);
        if (lane == null) {
            return List.of();
        }
        Set<Integer> members = new TreeSet<>(lane.members());
        return topological(lane.scope()).stream()
                .filter(task -> members.contains(task.index()))
                .toList();
    }

    @Override
    public @Nullable Long groupHandedAt(long dispatch) {
        Lane lane = open.groupLane(dispatch);
        return lane == null ? null : (Long) lane.handedAt();
    }

    @Override
    public List<TaskView> handedTo(String taskQueue) {
        return open.numbers().stream()
                .flatMap(dispatch -> open.owed(dispatch).stream())
                .map(key -> (TaskView) Objects.requireNonNull(task(key)))
                .filter(task -> taskQueue.equals(task.node().taskQueue()))
                .toList();
    }

    @Override
    public boolean isCostly(String type) {
        return books.costly.contains(type);
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
