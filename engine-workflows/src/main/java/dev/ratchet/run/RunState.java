package dev.ratchet.run;

import dev.ratchet.document.Money;
import dev.ratchet.money.Ledger;
import dev.ratchet.plan.Plan;
import dev.ratchet.plan.PlanPolicy;
import dev.ratchet.plan.Policies.OnBudget;
import java.util.ArrayList;
import java.util.Collections;
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

    private final Plan plan;
    final TreeMap<String, ScopeState> scopes = new TreeMap<>();
    private final TreeMap<Long, TreeSet<TaskKey>> dispatches = new TreeMap<>();
    private final TreeMap<Long, Lane> groupLanes = new TreeMap<>();
    private final TreeSet<Due> dues = new TreeSet<>();
    final LinkedHashMap<String, @Nullable TaskError> commands = new LinkedHashMap<>();
    private final List<TaskKey> unsealed = new ArrayList<>();
    private @Nullable Lane folding;
    long nextDispatch = 1;
    long version;
    int parked;
    int asked;
    int executing;
    long inlineBytes;
    Ledger ledger;
    Usage usage = Usage.NONE;

    @Nullable
    Long startedAt;

    @Nullable
    Long endedAt;

    long updatedAt;

    @Nullable
    ClosingCause closing;

    @Nullable
    Long closingUntil;

    @Nullable
    TaskError closingError;

    @Nullable
    TaskKey firstFailure;

    @Nullable
    RunStatus endStatus;

    @Nullable
    TaskError endError;

    @Nullable
    TaskKey endErrorTask;

    public RunState(Plan plan) {
        this.plan = plan;
        this.ledger = Ledger.withLimit(plan.policy().budgetLimit());
        scopes.put(TaskKey.ROOT, new ScopeState(TaskKey.ROOT, plan.root(), plan.policy()));
    }

    /** Takes an event into account. Never decides, never fails on an event that a decider made of this very state. */
    public void apply(RunEvent event) {
        version++;
        updatedAt = Math.max(updatedAt, event.at());
        switch (event) {
            case RunEvent.Started e -> startedAt = e.at();
            case RunEvent.BatchBegan e -> scope(e.scope()).main.batches = e.number();
            case RunEvent.DecisionAsked e -> move(e.key(), Phase.DECIDING);
            case RunEvent.Decided e -> decided(e);
            case RunEvent.PreparationAsked e -> move(e.key(), Phase.PREPARING);
            case RunEvent.Prepared e -> prepared(e);
            case RunEvent.Queued e -> move(e.key(), Phase.QUEUED);
            case RunEvent.GroupQueued e -> groupQueued(e);
            case RunEvent.Skipped e -> skipped(e);
            case RunEvent.Reserved e -> reserved(e);
            case RunEvent.BudgetAwaited e -> move(e.key(), Phase.AWAITING_BUDGET);
            case RunEvent.HandedOver e -> handedOver(e);
            case RunEvent.GroupHandedOver e -> groupHandedOver(e);
            case RunEvent.Executing e -> executing(e);
            case RunEvent.Parked e -> parked(e);
            case RunEvent.Completed e -> completed(e);
            case RunEvent.AttemptFailed e -> attemptFailed(e);
            case RunEvent.RetryDue e -> move(e.key(), Phase.QUEUED);
            case RunEvent.DeliveryLost e -> deliveryLost(e);
            case RunEvent.HandedBack e -> handedBack(e);
            case RunEvent.Failed e -> failed(e);
            case RunEvent.Cancelled e -> cancelled(e);
            case RunEvent.DispatchClosed e -> dispatchClosed(e.dispatch());
            case RunEvent.CommandRead e -> remember(e);
            case RunEvent.BudgetRaised e -> ledger = ledger.raiseTo(e.limit());
            case RunEvent.Closing e -> closing(e);
            case RunEvent.Ended e -> ended(e);
        }
    }

    private void decided(RunEvent.Decided e) {
        TaskState task = move(e.answer().key(), Phase.DECIDED);
        task.lateAnswers = e.answer().late();
        task.whenAnswer = e.answer().when();
        task.decisions = e.answer().decisions();
    }

    private void prepared(RunEvent.Prepared e) {
        TaskState task = move(e.key(), Phase.QUEUED);
        task.estimate = e.estimate();
        task.payload = e.payload();
    }

    private void groupQueued(RunEvent.GroupQueued e) {
        ScopeState scope = scope(e.scope());
        GroupState group = group(scope, e.group());
        scope.main.readyGroups.remove(group.first());
        scope.main.queuedGroups.put(group.first(), group.name);
        for (int member : group.members) {
            scope.move(scope.tasks.get(member), Phase.GROUPED);
            touch(scope.tasks.get(member));
        }
    }

    private void skipped(RunEvent.Skipped e) {
        TaskState task = settle(e.key(), Phase.SKIPPED, e.at());
        task.reason = e.reason();
        task.blockedBy = e.blockedBy();
        release(task);
    }

    private void reserved(RunEvent.Reserved e) {
        TaskState task = taskState(e.key());
        task.reserved = e.amount();
        ledger = ledger.reserve(e.amount());
        if (task.phase == Phase.AWAITING_BUDGET) {
            move(e.key(), Phase.QUEUED);
        }
        touch(task);
    }

    private void handedOver(RunEvent.HandedOver e) {
        for (TaskKey key : e.keys()) {
            TaskState task = move(key, Phase.RUNNING);
            beginDelivery(task, e.at());
            task.dispatch = e.dispatch();
            owe(e.dispatch()).add(key);
        }
        nextDispatch = Math.max(nextDispatch, e.dispatch() + 1);
    }

    private void groupHandedOver(RunEvent.GroupHandedOver e) {
        ScopeState scope = scope(e.scope());
        GroupState group = group(scope, e.group());
        Lane lane = ScopeState.groupLane(scope.main, e.dispatch(), e.slots());
        groupLanes.put(e.dispatch(), lane);
        owe(e.dispatch());
        scope.main.queuedGroups.remove(group.first());
        for (int member : group.members) {
            scope.transfer(scope.tasks.get(member), lane, Phase.PENDING);
        }
        nextDispatch = Math.max(nextDispatch, e.dispatch() + 1);
    }

    private void executing(RunEvent.Executing e) {
        beginDelivery(move(e.key(), Phase.EXECUTING), e.at());
    }

    private void beginDelivery(TaskState task, long at) {
        if (task.redelivery) {
            task.delivery++;
        } else {
            task.attempt++;
            task.delivery = 1;
            task.lostDeliveries = 0;
        }
        task.redelivery = false;
        if (task.startedAt == null) {
            task.startedAt = at;
        }
    }

    private void parked(RunEvent.Parked e) {
        TaskState task = move(e.key(), Phase.PARKED);
        task.parkedFor = e.waitingFor();
        setDue(task, e.dueAt());
        if (task.startedAt == null) {
            task.startedAt = e.at();
        }
    }

    private void completed(RunEvent.Completed e) {
        TaskState task = settle(e.key(), Phase.COMPLETED, e.endedAt());
        if (task.attempt <= 1 && e.startedAt() > 0) {
            task.startedAt = e.startedAt();
        }
        task.output = e.result().output();
        task.answers = e.result().answers();
        task.simulated = e.simulated();
        if (!e.result().decisions().isEmpty()) {
            task.decisions = concat(task.decisions, e.result().decisions());
        }
        inlineBytes += inlineSize(task.output);
        task.logAttempt("completed", e.startedAt(), e.endedAt(), null, e.usage());
        pay(task, e.usage());
    }

    private void attemptFailed(RunEvent.AttemptFailed e) {
        TaskState task = move(e.key(), Phase.BACKING_OFF);
        task.error = e.error();
        task.logAttempt("retried", e.startedAt(), e.endedAt(), e.error(), e.usage());
        pay(task, e.usage());
        setDue(task, e.retryAt());
    }

    private void deliveryLost(RunEvent.DeliveryLost e) {
        TaskState task = move(e.key(), Phase.QUEUED);
        task.redelivery = true;
        task.lostDeliveries++;
        presume(task);
    }

    private void handedBack(RunEvent.HandedBack e) {
        TaskState task = move(e.key(), Phase.QUEUED);
        task.redelivery = true;
    }

    private void failed(RunEvent.Failed e) {
        TaskState task = settle(e.key(), Phase.FAILED, e.endedAt() == null ? e.at() : e.endedAt());
        task.error = e.error();
        if (task.attempt > 0) {
            task.logAttempt("failed", e.startedAt(), e.endedAt(), e.error(), e.usage());
        }
        pay(task, e.usage());
        if (!task.node.allowFailure()) {
            task.lane.failed = true;
            firstFailure = firstFailure == null ? e.key() : firstFailure;
        }
    }

    private void cancelled(RunEvent.Cancelled e) {
        TaskState task = settle(e.key(), Phase.CANCELLED, e.at());
        if (e.presumed()) {
            presume(task);
        } else {
            pay(task, e.usage());
        }
    }

    private void dispatchClosed(long dispatch) {
        dispatches.remove(dispatch);
        Lane lane = groupLanes.remove(dispatch);
        if (lane != null) {
            ScopeState scope = scope(lane.scope());
            for (TaskState task : scope.tasks) {
                if (task.lane == lane) {
                    Objects.requireNonNull(scope.groups.get(task.node.group())).dissolved = true;
                    scope.transfer(task, scope.main, task.phase);
                    scope.main.failed |= lane.failed;
                }
            }
        }
    }

    private void closing(RunEvent.Closing e) {
        closing = e.cause();
        closingUntil = e.until();
        closingError = e.error();
    }

    private void ended(RunEvent.Ended e) {
        endStatus = e.status();
        endError = e.error();
        endErrorTask = e.errorTask();
        endedAt = e.at();
    }

    private void remember(RunEvent.CommandRead e) {
        commands.put(e.command().id(), e.refusal());
        if (commands.size() > REMEMBERED_COMMANDS) {
            commands.pollFirstEntry();
        }
    }

    private TaskState move(TaskKey key, Phase to) {
        TaskState task = taskState(key);
        count(task.phase, -1);
        if (task.phase == Phase.RUNNING) {
            owe(task.dispatch).remove(key);
        }
        setDue(task, null);
        scope(key.scope()).move(task, to);
        count(to, 1);
        touch(task);
        return task;
    }

    private TaskState settle(TaskKey key, Phase to, long at) {
        TaskState task = move(key, to);
        task.endedAt = at;
        unsealed.add(key);
        return task;
    }

    private void count(Phase phase, int one) {
        switch (phase) {
            case DECIDING, PREPARING -> asked += one;
            case EXECUTING -> executing += one;
            case PARKED -> parked += one;
            default -> {
                // lanes count the rest
            }
        }
    }

    private void setDue(TaskState task, @Nullable Long dueAt) {
        if (task.dueAt != null) {
            dues.remove(new Due(task.dueAt, task.key));
        }
        task.dueAt = dueAt;
        if (dueAt != null) {
            dues.add(new Due(dueAt, task.key));
        }
    }

    private void pay(TaskState task, @Nullable Usage used) {
        release(task);
        if (used != null) {
            ledger = ledger.settle(used.cost());
            task.usage = task.usage.plus(used);
            usage = usage.plus(used);
        }
    }

    private void presume(TaskState task) {
        Money amount = task.reserved;
        release(task);
        if (amount != null) {
            ledger = ledger.presume(amount);
            task.usage = task.usage.plus(new Usage(0, 0, amount));
            usage = usage.plus(new Usage(0, 0, amount));
        }
    }

    private void release(TaskState task) {
        ledger = ledger.release(task.reserved);
        task.reserved = null;
    }

    private TreeSet<TaskKey> owe(long dispatch) {
        return dispatches.computeIfAbsent(dispatch, number -> new TreeSet<>());
    }

    private void touch(TaskState task) {
        task.version = version;
    }

    private static List<Decision> concat(List<Decision> first, List<Decision> second) {
        List<Decision> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }

    private static long inlineSize(@Nullable Value value) {
        return value instanceof Value.Inline(var json) ? json.toString().length() : 0;
    }

    ScopeState scope(String path) {
        return Objects.requireNonNull(scopes.get(path), () -> "Expected a scope " + path + ", but there is none");
    }

    TaskState taskState(TaskKey key) {
        ScopeState scope = scope(key.scope());
        return scope.tasks.get(scope.scope.indexOf(key.id()));
    }

    private static GroupState group(ScopeState scope, String name) {
        return Objects.requireNonNull(scope.groups.get(name), () -> "Expected a group " + name + ", but there is none");
    }

    /** Takes a task over as it travelled. */
    void restore(CarriedTask carried) {
        TaskState task = taskState(carried.key());
        carried.restore(task);
        count(carried.phase(), 1);
        ScopeState scope = scope(carried.key().scope());
        scope.move(task, carried.phase());
        setDue(task, carried.dueAt());
        GroupState group = carried.phase() == Phase.GROUPED ? scope.heldGroup(task) : null;
        if (group != null) {
            scope.main.readyGroups.remove(group.first());
            scope.main.queuedGroups.put(group.first(), group.name);
        }
        if (carried.phase().isSettled() && !carried.sealed()) {
            unsealed.add(task.key);
        }
    }

    /** A task as it travels. */
    CarriedTask carried(TaskKey key) {
        return CarriedTask.of(taskState(key));
    }

    /** Schedules the members of a group one by one from now on. */
    void dissolve(String name) {
        scope(TaskKey.ROOT).dissolve(group(scope(TaskKey.ROOT), name));
    }

    /** Settled tasks that are in no sealed page yet, in the order in which they settled. */
    public List<TaskKey> unsealed() {
        return Collections.unmodifiableList(unsealed);
    }

    /** The oldest of them are in a page now. What nobody reads any more is forgotten. */
    public void sealOldest(int count) {
        List<TaskKey> oldest = unsealed.subList(0, count);
        for (TaskKey key : oldest) {
            TaskState task = taskState(key);
            task.sealed = true;
            task.decisions = List.of();
            task.log = List.of();
            task.payload = null;
            task.estimate = null;
        }
        oldest.clear();
    }

    /** What readers are told of the tasks that are neither untouched nor sealed, and changed after a version. */
    public List<TaskRecord> records(long since) {
        List<TaskRecord> records = new ArrayList<>();
        for (ScopeState scope : scopes.values()) {
            for (TaskState task : scope.tasks) {
                if (task.version > since && !task.sealed) {
                    records.add(task.record());
                }
            }
        }
        return records;
    }

    /** Whether nothing outside works on the run: then it can travel. */
    public boolean isQuiet() {
        return inFlight() == 0 && asked == 0 && dispatches.isEmpty();
    }

    /** When the run was taken up; absent before. */
    public @Nullable Long startedAt() {
        return startedAt;
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
        folding = dispatch == null ? null : groupLanes.get(dispatch);
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
        if (endStatus != null) {
            return endStatus;
        }
        if (closing == ClosingCause.ABORTED) {
            return RunStatus.ABORTING;
        }
        return startedAt == null ? RunStatus.PENDING : isPausedForBudget() ? RunStatus.PAUSED : RunStatus.RUNNING;
    }

    private boolean isPausedForBudget() {
        return plan.policy().onBudget() == OnBudget.PAUSE
                && closing == null
                && !ledger.hasReservations()
                && scopes.values().stream().anyMatch(scope -> !scope.main.awaitingBudget.isEmpty());
    }

    @Override
    public long version() {
        return version;
    }

    @Override
    public Ledger ledger() {
        return ledger;
    }

    @Override
    public @Nullable ClosingCause closing() {
        return closing;
    }

    @Override
    public @Nullable Long closingUntil() {
        return closingUntil;
    }

    @Override
    public boolean isEnded() {
        return endStatus != null;
    }

    @Override
    public @Nullable TaskError closingError() {
        return closingError;
    }

    @Override
    public @Nullable TaskKey firstFailure() {
        return firstFailure;
    }

    @Override
    public List<LaneView> lanes() {
        return folding != null
                ? List.of(folding)
                : scopes.values().stream().map(scope -> (LaneView) scope.main).toList();
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
        int used = groupLanes.values().stream().mapToInt(Lane::slots).sum();
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
    public List<TaskKey> owed(long dispatch) {
        TreeSet<TaskKey> keys = dispatches.get(dispatch);
        return keys == null ? List.of() : List.copyOf(keys);
    }

    @Override
    public Set<Long> dispatches() {
        return Collections.unmodifiableSet(dispatches.keySet());
    }

    @Override
    public long nextDispatch() {
        return nextDispatch;
    }

    @Override
    public int groupWidth(String scope, String group) {
        return group(scope(scope), group).width;
    }

    @Override
    public int unsettled() {
        return scopes.values().stream().mapToInt(scope -> scope.unsettled).sum();
    }

    @Override
    public int inFlight() {
        int count = executing;
        for (TreeSet<TaskKey> owed : dispatches.values()) {
            count += owed.size();
        }
        return count + groupLanes.size();
    }

    @Override
    public boolean isStuck() {
        return inFlight() == 0 && asked == 0 && dues.isEmpty() && parked == 0 && !isPausedForBudget();
    }

    @Override
    public boolean hasRead(String commandId) {
        return commands.containsKey(commandId);
    }

    @Override
    public List<TaskKey> due(long at) {
        return dues.headSet(new Due(at + 1, TaskKey.root(""))).stream()
                .map(Due::key)
                .toList();
    }

    @Override
    public @Nullable Long runDeadline() {
        Long timeout = plan.policy().timeoutMs();
        return timeout == null || startedAt == null || closing != null ? null : startedAt + timeout;
    }

    @Override
    public @Nullable Long idleDeadline() {
        Long timeout = plan.policy().idleTimeoutMs();
        return timeout == null || closing != null || parked > 0 || !dues.isEmpty() ? null : updatedAt + timeout;
    }

    @Override
    public @Nullable Long nextDue() {
        Long next =
                dues.isEmpty() || closing != null ? null : (Long) dues.first().at();
        next = earlier(next, closingUntil);
        return earlier(earlier(next, runDeadline()), idleDeadline());
    }

    private static @Nullable Long earlier(@Nullable Long a, @Nullable Long b) {
        return a == null ? b : b == null ? a : (Long) Math.min(a, b);
    }

    /** All that a reader learns of the run as a whole. */
    public RunRecord record() {
        return new RunRecord(
                status(),
                version,
                1,
                startedAt,
                endedAt,
                updatedAt,
                endError,
                endErrorTask,
                usage,
                ledger.limit(),
                ledger.reserved(),
                ledger.presumed(),
                null,
                scope(TaskKey.ROOT).main.batches);
    }
}
