package dev.ratchet.run;

import dev.ratchet.money.Ledger;
import dev.ratchet.plan.Body;
import dev.ratchet.plan.Plan;
import dev.ratchet.plan.PlanPolicy;
import dev.ratchet.plan.Policies.OnBudget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The state of a run: the fold of its events. {@link #apply} is total and does only bookkeeping; whoever decides gets the
 * {@link RunView}. Not thread-safe: one loop owns it.
 */
public final class RunState implements RunView {
    /** How many command ids a run remembers (they travel over continue-as-new). */
    private static final int REMEMBERED_COMMANDS = 1_000;

    private Plan plan;
    final List<Revision> revisions = new ArrayList<>();
    /** The root scope, and the turns and items that are open. */
    final TreeMap<String, ScopeState> scopes = new TreeMap<>(ScopePath.ORDER);
    /** Turns and items that ended, until all their tasks are in pages. */
    final TreeMap<String, ScopeState> ended = new TreeMap<>(ScopePath.ORDER);
    /** Composite tasks that repeat now. */
    final TreeSet<TaskKey> repeating = new TreeSet<>();

    final OpenDispatches open = new OpenDispatches();
    final Agenda agenda = new Agenda();
    final LinkedHashMap<String, @Nullable TaskError> commands = new LinkedHashMap<>();
    final List<TaskKey> unsealed = new ArrayList<>();
    final Course course = new Course();
    final Books books;
    private final EventApplier applier = new EventApplier(this);
    private @Nullable Lane folding;
    long version;
    int parked;
    int asked;
    int executing;
    int instances;
    long inlineBytes;

    public RunState(Plan plan) {
        this.plan = plan;
        this.books = new Books(Ledger.withLimit(plan.policy().budgetLimit()));
        scopes.put(TaskKey.ROOT, new ScopeState(TaskKey.ROOT, plan.root(), plan.policy()));
        instances = plan.root().size();
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

    /** A task that is opened again repeats its body from the beginning. */
    void forgetWithin(TaskKey composite) {
        String within = composite + "[";
        ended.keySet().removeIf(path -> path.startsWith(within));
        unsealed.removeIf(key -> key.scope().startsWith(within));
    }

    void closeScope(String path) {
        ScopeState scope = scopes.remove(path);
        if (scope != null) {
            ended.put(path, scope);
        }
    }

    Repetition repetition(TaskKey key) {
        return Objects.requireNonNull(
                taskState(key).repetition, () -> "Expected a task that repeats others, but " + key + " does not");
    }

    @Override
    public ScopeState scope(String path) {
        ScopeState scope = find(path);
        return Objects.requireNonNull(scope, () -> "Expected a scope " + path + ", but there is none");
    }

    private @Nullable ScopeState find(String path) {
        ScopeState open = scopes.get(path);
        return open == null ? ended.get(path) : open;
    }

    @Override
    public boolean isStopping(TaskKey key) {
        return course.closing != null || isClosed(key.scope());
    }

    /** Whether a turn or an item closes, or one around it does. */
    private boolean isClosed(String within) {
        String path = within;
        while (!path.isEmpty()) {
            ScopeState scope = find(path);
            if (scope == null || scope.closing) {
                return true;
            }
            path = ScopePath.outer(path);
        }
        return false;
    }

    @Override
    public List<TaskKey> repeating() {
        return List.copyOf(repeating);
    }

    @Override
    public int instances() {
        return instances;
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

    private List<ScopeState> all() {
        List<ScopeState> all = new ArrayList<>(scopes.values());
        all.addAll(ended.values());
        return all;
    }

    /** Whether nothing outside works on the run: then it can travel. */
    public boolean isQuiet() {
        return inFlight() == 0 && asked == 0 && open.numbers().isEmpty();
    }

    /** Parked tasks of which nobody is known to have been told. */
    List<TaskKey> unannounced() {
        return scopes.values().stream()
                .flatMap(scope -> scope.tasks.stream())
                .filter(task -> task.phase == Phase.PARKED && task.hold != null && !task.announced)
                .map(task -> task.key)
                .toList();
    }

    /** When the run was taken up; absent before. */
    public @Nullable Long startedAt() {
        return course.startedAt;
    }

    /** How many tasks there are. */
    public int size() {
        return scopes.values().stream().mapToInt(scope -> scope.tasks.size()).sum();
    }

    /** Adds how many tasks are in each state. */
    public void countStatuses(Map<TaskStatus, Integer> counts) {
        for (ScopeState scope : scopes.values()) {
            scope.tasks.forEach(task -> counts.merge(task.phase.status(), 1, Integer::sum));
        }
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

    @Override
    public Plan plan() {
        return plan;
    }

    @Override
    public RunStatus status() {
        return course.status(isPausedForBudget());
    }

    private boolean isPausedForBudget() {
        return plan.policy().onBudget() == OnBudget.PAUSE
                && course.closing == null
                && !books.ledger.hasReservations()
                && scopes.values().stream().anyMatch(scope -> !scope.main.awaitingBudget.isEmpty());
    }

    @Override
    public int revision() {
        return revisions.size() + 1;
    }

    @Override
    public int agentsAdded() {
        return revisions.stream()
                .mapToInt(revision -> revision.change().agents())
                .sum();
    }

    /** The patches that were accepted, oldest first. */
    public List<Revision> revisions() {
        return Collections.unmodifiableList(revisions);
    }

    @Override
    public boolean isStarted() {
        return course.startedAt != null;
    }

    @Override
    public boolean isPaused() {
        return course.paused;
    }

    @Override
    public long version() {
        return version;
    }

    @Override
    public Ledger ledger() {
        return books.ledger;
    }

    @Override
    public @Nullable ClosingCause closing() {
        return course.closing;
    }

    @Override
    public @Nullable Long closingUntil() {
        return course.closingUntil;
    }

    @Override
    public boolean isEnded() {
        return course.endStatus != null;
    }

    @Override
    public @Nullable TaskError closingError() {
        return course.closingError;
    }

    @Override
    public @Nullable TaskKey firstFailure() {
        return course.firstFailure;
    }

    @Override
    public List<LaneView> lanes() {
        return folding != null
                ? List.of(folding)
                : scopes.values().stream()
                        .filter(scope -> !isClosed(scope.path()))
                        .map(scope -> (LaneView) scope.main)
                        .toList();
    }

    @Override
    public boolean isFolding() {
        return folding != null;
    }

    @Override
    public int freeSlots(LaneView lane) {
        if (lane instanceof Lane own && own.isGroup()) {
            return own.slots() - own.inFlight;
        }
        int used = open.groupSlots();
        for (ScopeState scope : scopes.values()) {
            used += scope.main.inFlight;
        }
        return plan.policy().maxParallelism() - used;
    }

    @Override
    public TaskView task(LaneView lane, int index) {
        return scope(lane.scope()).tasks.get(index);
    }

    @Override
    public @Nullable TaskView task(TaskKey key) {
        ScopeState scope = find(key.scope());
        int index = scope == null ? -1 : scope.scope.indexOf(key.id());
        return scope == null || index < 0 ? null : scope.tasks.get(index);
    }

    @Override
    public List<TaskView> topological(String path) {
        ScopeState scope = scope(path);
        List<TaskView> order = new ArrayList<>(scope.tasks.size());
        for (int index : scope.scope.topological()) {
            order.add(scope.tasks.get(index));
        }
        return order;
    }

    @Override
    public List<String> scopes() {
        return List.copyOf(scopes.keySet());
    }

    @Override
    public List<EdgeReading> edges(TaskView task) {
        ScopeState scope = scope(task.key().scope());
        return task.node().edges().stream()
                .map(edge -> EdgeReader.read(scope.tasks.get(scope.scope.indexOf(edge.from())), task, edge))
                .toList();
    }

    @Override
    public boolean travelsWithGroup(TaskView task) {
        ScopeState scope = scope(task.key().scope());
        return scope.heldGroup(scope.tasks.get(task.index())) != null;
    }

    @Override
    public List<TaskView> targets(TaskView task) {
        ScopeState scope = scope(task.key().scope());
        return Arrays.stream(scope.scope.targets(task.index()))
                .mapToObj(target -> (TaskView) scope.tasks.get(target))
                .toList();
    }

    @Override
    public List<TaskKey> executing(long dispatch) {
        Lane lane = open.groupLane(dispatch);
        return lane == null
                ? List.of()
                : lane.members().stream()
                        .map(member -> task(lane, member))
                        .filter(task -> task.phase() == Phase.EXECUTING)
                        .map(TaskView::key)
                        .toList();
    }

    @Override
    public List<TaskKey> owed(long dispatch) {
        return open.owed(dispatch);
    }

    @Override
    public Set<Long> dispatches() {
        return open.numbers();
    }

    @Override
    public long nextDispatch() {
        return open.next;
    }

    @Override
    public List<TaskView> members(String path, String group) {
        ScopeState scope = scope(path);
        GroupState state = scope.groups.get(group);
        return state == null
                ? List.of()
                : state.members.stream()
                        .map(member -> (TaskView) scope.tasks.get(member))
                        .toList();
    }

    @Override
    public int groupWidth(String scope, String group) {
        return scope(scope).group(group).width;
    }

    @Override
    public int unsettled() {
        return scopes.values().stream().mapToInt(scope -> scope.unsettled).sum();
    }

    @Override
    public int inFlight() {
        return executing + open.count();
    }

    @Override
    public boolean isStuck() {
        return inFlight() == 0
                && asked == 0
                && agenda.isEmpty()
                && parked == 0
                && !isPausedForBudget()
                && !course.paused;
    }

    @Override
    public boolean hasRead(String commandId) {
        return commands.containsKey(commandId);
    }

    @Override
    public List<TaskKey> due(long at) {
        return agenda.by(at);
    }

    @Override
    public @Nullable Long runDeadline() {
        return course.runDeadline(plan.policy());
    }

    @Override
    public @Nullable Long idleDeadline() {
        return parked > 0 || !agenda.isEmpty() ? null : course.idleDeadline(plan.policy());
    }

    @Override
    public @Nullable Long nextDue() {
        if (isEnded()) {
            return null;
        }
        Long next = Agenda.earlier(course.closing == null ? agenda.next() : null, course.closingUntil);
        return Agenda.earlier(Agenda.earlier(next, runDeadline()), idleDeadline());
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
