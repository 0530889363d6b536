package dev.ratchet.run;

import dev.ratchet.money.Ledger;
import dev.ratchet.plan.Plan;
import dev.ratchet.plan.Policies.OnBudget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The reading side of {@link RunState}: what its fields say. Only the state itself and those who apply events to it write
 * them.
 */
abstract sealed class StateReading implements RunView permits RunState {
    Plan plan;
    private final int engineVersion;
    final List<Revision> revisions = new ArrayList<>();
    /** The root scope, and turns and items: those that ended too, until all their tasks are in pages. */
    final TreeMap<String, ScopeState> scopes = new TreeMap<>(ScopePath.ORDER);
    /** Turns and items that ended. */
    final TreeSet<String> over = new TreeSet<>(ScopePath.ORDER);
    /** Composite tasks that repeat now, and of which something follows. */
    final TreeSet<TaskKey> repetitionsDue = new TreeSet<>();

    final Tally tally = new Tally();

    /** Tasks that other runs carry out. */
    final TreeSet<TaskKey> delegated = new TreeSet<>();

    final OpenDispatches open = new OpenDispatches();
    final Agenda agenda = new Agenda();
    final LinkedHashMap<String, @Nullable TaskError> commands = new LinkedHashMap<>();
    final AuditLog audit = new AuditLog();
    final List<TaskKey> unsealed = new ArrayList<>();
    final Course course = new Course();
    Books books;

    @Nullable
    Lane folding;

    long version;
    int instances;
    long inlineBytes;

    StateReading(Plan plan, int engineVersion) {
        this.plan = plan;
        this.engineVersion = engineVersion;
        this.books = new Books(Ledger.withLimit(plan.policy().budgetLimit()));
        scopes.put(TaskKey.ROOT, new ScopeState(plan.root(), plan.policy(), tally));
        instances = plan.root().size();
    }

    /** Who has asked for what, and why. */
    public Audit audit() {
        return audit.audit();
    }

    /** The scopes that are not over. */
    private Stream<ScopeState> openScopes() {
        return scopes.values().stream().filter(scope -> scope.life.isOpen());
    }

    /** Parked tasks of which nobody is known to have been told, and those whose child is not known to run. */
    List<TaskKey> unannounced() {
        return openScopes()
                .flatMap(scope -> scope.tasks.stream())
                .filter(task -> !task.announced
                        && (task.phase == Phase.DELEGATED || (task.phase == Phase.PARKED && task.hold != null)))
                .map(task -> task.key)
                .toList();
    }

    /** Adds how many tasks are in each state. */
    public void countStatuses(Map<TaskStatus, Integer> counts) {
        tally.addStatuses(counts);
    }

    /** How many tasks there are. */
    public int size() {
        return tally.size;
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
                && tally.awaitingBudget > 0;
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

    @Override
    public int engineVersion() {
        return engineVersion;
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
    public List<LaneView> admitting() {
        return folding != null ? List.of(folding) : tally.worklist.admitting();
    }

    @Override
    public Iterable<LaneView> paying() {
        return folding != null ? List.of(folding) : tally.worklist.paying();
    }

    @Override
    public List<LaneView> starting() {
        return folding != null ? List.of(folding) : tally.worklist.starting(freeSlots());
    }

    @Override
    public int waiting() {
        return folding != null ? folding.queued.size() : tally.worklist.waiting();
    }

    /** The lane of the group that is being folded; absent when none is. */
    public @Nullable LaneView folding() {
        return folding;
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
        return freeSlots();
    }

    private int freeSlots() {
        return plan.policy().maxParallelism() - open.groupSlots() - tally.onWorkers;
    }

    @Override
    public TaskView task(LaneView lane, int index) {
        return scope(lane.scope()).tasks.get(index);
    }

    @Override
    public @Nullable TaskView task(TaskKey key) {
        ScopeState scope = scopes.get(key.scope());
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
        return openScopes().map(ScopeState::path).toList();
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
        return tally.unsettled;
    }

    @Override
    public int inFlight() {
        return tally.executing + open.count();
    }

    @Override
    public Set<TaskKey> delegated() {
        return Collections.unmodifiableSet(delegated);
    }

    @Override
    public boolean isStuck() {
        return inFlight() == 0
                && tally.asked == 0
                && agenda.isEmpty()
                && tally.parked == 0
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
        return tally.aside > 0 ? null : course.idleDeadline(plan.policy());
    }

    /** A time by the clock of the run, which does not go back when it continues where the server's clock is behind. */
    public long notBefore(long now) {
        return Math.max(now, course.updatedAt);
    }

    @Override
    public @Nullable Long nextDue() {
        if (isEnded()) {
            return null;
        }
        Long next = Agenda.earlier(course.closing == null ? agenda.next() : nextOfChildren(), course.closingUntil);
        return Agenda.earlier(Agenda.earlier(next, runDeadline()), idleDeadline());
    }

    /** In a run that ends nobody is woken for anything else. */
    private @Nullable Long nextOfChildren() {
        Long next = null;
        for (TaskKey key : delegated) {
            next = Agenda.earlier(next, Objects.requireNonNull(task(key)).dueAt());
        }
        return next;
    }

    @Override
    public ScopeLife life(String path) {
        ScopeState scope = scopes.get(path);
        return scope == null ? ScopeLife.ENDED : scope.life;
    }

    @Override
    public boolean isStopping(TaskKey key) {
        ScopeState scope = scopes.get(key.scope());
        return scope == null || scope.reach().isStopping();
    }

    @Override
    public boolean isCancelling(TaskKey key) {
        ScopeState scope = scopes.get(key.scope());
        return scope == null || scope.reach().isCancelling();
    }

    @Override
    public Iterable<TaskKey> repetitionsDue() {
        return repetitionsDue::iterator;
    }

    @Override
    public int instances() {
        return instances;
    }

    @Override
    public long promised() {
        return tally.promised;
    }

    @Override
    public ScopeState scope(String path) {
        ScopeState scope = scopes.get(path);
        return Objects.requireNonNull(scope, () -> "Expected a scope " + path + ", but there is none");
    }
}
