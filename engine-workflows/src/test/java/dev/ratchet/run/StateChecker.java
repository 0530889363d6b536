package dev.ratchet.run;

import dev.ratchet.document.Money;
import dev.ratchet.plan.Edge;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Derives from the phases of a run's tasks, naively, whatever the state keeps beside them, and compares. Knows nothing of
 * events and of how the state is kept up to date.
 */
final class StateChecker {
    private final RunState run;
    private final KeptFacts kept;
    private final List<String> wrong = new ArrayList<>();
    private final Map<TaskKey, TaskState> tasks = new HashMap<>();

    private StateChecker(RunState run) {
        this.run = run;
        this.kept = new KeptFacts(run);
    }

    /** What is wrong with a state whose wake-up is over; nothing when all is well. */
    static List<String> wrongWith(RunState run) {
        StateChecker checker = new StateChecker(run);
        checker.check();
        return checker.wrong;
    }

    private void check() {
        kept.all().forEach(scope -> scope.tasks.forEach(task -> tasks.put(task.key, task)));
        if (run.isEnded()) {
            checkEnd();
        }
        for (ScopeState scope : kept.open()) {
            checkScope(scope);
        }
        for (ScopeState scope : kept.ended()) {
            checkEnded(scope);
        }
        checkRun();
        if (!run.isEnded()) {
            wrong.addAll(SumsChecker.wrongWith(run));
        }
        checkTimes();
        checkMoney();
    }

    private void checkScope(ScopeState scope) {
        String at = scope.path();
        same(at, "unsettled", count(scope, task -> !task.phase.isSettled()), kept.unsettled(scope));
        Map<Integer, Lane> laneOf = new HashMap<>();
        for (Lane lane : kept.groupLanes().values()) {
            if (lane.scope().equals(at)) {
                lane.members().forEach(member -> laneOf.put(member, lane));
            }
        }
        Set<Lane> lanes = new HashSet<>(laneOf.values());
        for (TaskState task : scope.tasks) {
            same(task.key, "unsettledSources", unsettledSources(scope, task), kept.unsettledSources(task));
            same(task.key, "lane", laneOf.getOrDefault(task.index, scope.main), task.lane);
        }
        lanes.add(scope.main);
        lanes.forEach(lane -> checkLane(scope, lane, laneOf));
        scope.groups.values().forEach(group -> checkGroup(scope, group, laneOf.containsKey(group.first())));
        if (!run.isEnded()) {
            checkGroups(scope, laneOf);
            checkComposites(scope);
        }
    }

    private void checkLane(ScopeState scope, Lane lane, Map<Integer, Lane> laneOf) {
        Predicate<TaskState> here = task -> laneOf.getOrDefault(task.index, scope.main) == lane;
        String at = scope.path() + (lane == scope.main ? "" : "/" + lane.dispatch());
        Phase[] undecided = {Phase.DECIDING, Phase.DECIDED, Phase.PREPARING};
        int groups = lane == scope.main ? new HashSet<>(laneOf.values()).size() : 0;
        same(at, "open", groups + count(scope, here.and(StateChecker::isOpen)), kept.open(lane));
        same(at, "undecided", count(scope, here.and(task -> isOneOf(task, undecided))), kept.undecided(lane));
        same(at, "inFlight", count(scope, here.and(task -> task.phase == Phase.RUNNING)), kept.inFlight(lane));
        same(at, "ready", numbers(scope, here.and(task -> isReady(scope, task, laneOf))), kept.ready(lane));
        same(at, "decided", numbers(scope, here.and(task -> task.phase == Phase.DECIDED)), kept.decided(lane));
        Predicate<TaskState> queued = here.and(task -> task.phase == Phase.QUEUED);
        Predicate<TaskState> slot = task -> task.node.mode().holdsSlot();
        same(at, "queued", numbers(scope, queued.and(slot)), kept.queued(lane));
        same(at, "slotless", numbers(scope, queued.and(slot.negate())), kept.slotless(lane));
        Predicate<TaskState> awaiting = here.and(task -> task.phase == Phase.AWAITING_BUDGET);
        same(at, "awaitingBudget", numbers(scope, awaiting), kept.awaitingBudget(lane));
        same(at, "unpaid", numbers(scope, queued.or(awaiting).and(StateChecker::isUnpaid)), kept.unpaid(lane));
        same(at, "failed", count(scope, here.and(StateChecker::fails)) > 0, kept.failed(lane));
    }

    private static boolean isOpen(TaskState task) {
        return task.phase != Phase.PENDING && !task.phase.isSettled();
    }

    private static boolean isUnpaid(TaskState task) {
        Estimate estimate = task.estimate;
        return estimate != null && estimate.cost() != null && task.reserved == null;
    }

    private static boolean fails(TaskState task) {
        return task.phase == Phase.FAILED && !task.node.allowFailure();
    }

    private boolean isReady(ScopeState scope, TaskState task, Map<Integer, Lane> laneOf) {
        String group = task.node.group();
        boolean waitsForGroup = group != null
                && !laneOf.containsKey(task.index)
                && !Objects.requireNonNull(scope.groups.get(group)).dissolved;
        return task.phase == Phase.PENDING && unsettledSources(scope, task) == 0 && !waitsForGroup;
    }

    private int unsettledSources(ScopeState scope, TaskState task) {
        return Math.toIntExact(task.node.edges().stream()
                .map(Edge::from)
                .distinct()
                .filter(from -> !source(scope, from).phase.isSettled())
                .count());
    }

    private TaskState source(ScopeState scope, String id) {
        return Objects.requireNonNull(tasks.get(new TaskKey(scope.path(), id)));
    }

    private void checkGroup(ScopeState scope, GroupState group, boolean onWorker) {
        if (group.dissolved || onWorker) {
            return;
        }
        same(scope.path() + "/" + group.name, "externalOpen", externalOpen(scope, group), kept.externalOpen(group));
        Set<Phase> phases = new HashSet<>();
        group.members.forEach(member -> phases.add(scope.tasks.get(member).phase));
        if (phases.contains(Phase.GROUPED)) {
            same(scope.path() + "/" + group.name, "phases of a group that waits", Set.of(Phase.GROUPED), phases);
        }
    }

    private int externalOpen(ScopeState scope, GroupState group) {
        int open = 0;
        for (int member : group.members) {
            Set<String> outside = new TreeSet<>();
            for (Edge edge : scope.tasks.get(member).node.edges()) {
                TaskState source = source(scope, edge.from());
                if (!group.name.equals(source.node.group()) && !source.phase.isSettled()) {
                    outside.add(edge.from());
                }
            }
            open += outside.size();
        }
        return open;
    }

    private void checkGroups(ScopeState scope, Map<Integer, Lane> laneOf) {
        Map<Integer, String> ready = new TreeMap<>();
        Map<Integer, String> queued = new TreeMap<>();
        for (GroupState group : scope.groups.values()) {
            if (group.dissolved || laneOf.containsKey(group.first())) {
                continue;
            }
            Phase phase = scope.tasks.get(group.first()).phase;
            if (phase == Phase.GROUPED) {
                queued.put(group.first(), group.name);
            } else if (phase == Phase.PENDING && externalOpen(scope, group) == 0) {
                ready.put(group.first(), group.name);
            }
        }
        same(scope.path(), "readyGroups", ready, kept.readyGroups(scope.main));
        same(scope.path(), "queuedGroups", queued, kept.queuedGroups(scope.main));
    }

    /** A composite that repeats has its turns open, and none but those. */
    private void checkComposites(ScopeState scope) {
        for (TaskState task : scope.tasks) {
            if (task.node.body() == null) {
                continue;
            }
            Set<String> open = new TreeSet<>();
            if (task.phase == Phase.REPEATING) {
                Objects.requireNonNull(task.repetition).open.forEach(n -> open.add(ScopePath.of(task.key, n)));
            }
            Set<String> there = new TreeSet<>();
            kept.open().stream()
                    .map(ScopeState::path)
                    .filter(path -> !path.isEmpty() && ScopePath.composite(path).equals(task.key))
                    .forEach(there::add);
            same(task.key, "open turns", open, there);
        }
    }

    private void checkEnded(ScopeState scope) {
        Set<TaskKey> open = new TreeSet<>();
        scope.tasks.stream().filter(task -> !task.phase.isSettled()).forEach(task -> open.add(task.key));
        same(scope.path(), "unsettled tasks of a turn that ended", Set.of(), open);
    }

    private void checkRun() {
        Map<Long, Set<TaskKey>> owed = new TreeMap<>();
        kept.groupLanes().keySet().forEach(dispatch -> owed.put(dispatch, new TreeSet<>()));
        Set<TaskKey> repeating = new TreeSet<>();
        Set<TaskKey> delegated = new TreeSet<>();
        int parked = 0;
        int asked = kept.lookedAt();
        int executing = 0;
        for (TaskState task : tasks.values()) {
            switch (task.phase) {
                case DECIDING, PREPARING -> asked++;
                case EXECUTING -> executing++;
                case PARKED -> parked++;
                case DELEGATED -> delegated.add(task.key);
                case REPEATING -> repeating.add(task.key);
                case RUNNING ->
                    owed.computeIfAbsent(task.dispatch, number -> new TreeSet<>())
                            .add(task.key);
                case PENDING,
                        DECIDED,
                        QUEUED,
                        AWAITING_BUDGET,
                        GROUPED,
                        BACKING_OFF,
                        COMPLETED,
                        FAILED,
                        SKIPPED,
                        CANCELLED -> {
                    // the run keeps nothing of them
                }
            }
        }
        Map<Long, Set<TaskKey>> known = kept.owed();
        known.entrySet().removeIf(entry -> entry.getValue().isEmpty() && !owed.containsKey(entry.getKey()));
        same("run", "parked", parked, kept.parked());
        if (!run.isEnded()) {
            same("run", "asked", asked, kept.asked());
        }
        same("run", "executing", executing, kept.executing());
        same("run", "repeating", repeating, kept.repeating());
        same("run", "delegated", delegated, kept.delegated());
        same("run", "owed", owed, known);
    }

    private void checkTimes() {
        Set<Due> dues = new TreeSet<>();
        for (TaskState task : tasks.values()) {
            Long dueAt = task.dueAt;
            boolean may = isOneOf(task, Phase.BACKING_OFF, Phase.PARKED, Phase.DELEGATED, Phase.REPEATING)
                    || (task.phase == Phase.RUNNING && task.node.taskQueue() != null && !task.lane.isGroup());
            boolean must = isOneOf(task, Phase.BACKING_OFF, Phase.DELEGATED);
            if (dueAt != null) {
                dues.add(new Due(dueAt, task.key));
            }
            if ((dueAt != null && !may) || (dueAt == null && must)) {
                wrong.add("due time of " + task.key + ", which is " + task.phase + ": " + dueAt);
            }
        }
        same("run", "agenda", dues.stream().map(Due::key).toList(), kept.agenda());
    }

    private void checkMoney() {
        BigDecimal reserved = BigDecimal.ZERO;
        for (TaskState task : tasks.values()) {
            Money amount = task.reserved;
            if (amount == null) {
                continue;
            }
            reserved = reserved.add(amount.amount());
            if (task.phase == Phase.PENDING || task.phase == Phase.BACKING_OFF || task.phase.isSettled()) {
                wrong.add("reservation of " + task.key + ", which is " + task.phase + ": " + amount);
            }
        }
        same("run", "reserved", reserved.stripTrailingZeros(), amount(kept.reserved()));
        same("run", "spent", amount(kept.used()), amount(kept.spent()));
    }

    private static BigDecimal amount(@Nullable Money money) {
        return money == null
                ? BigDecimal.ZERO
                : money.amount().signum() == 0
                        ? BigDecimal.ZERO
                        : money.amount().stripTrailingZeros();
    }

    private void checkEnd() {
        Set<TaskKey> open = new TreeSet<>();
        Set<TaskKey> failed = new TreeSet<>();
        for (TaskState task : tasks.values()) {
            if (!task.phase.isSettled()) {
                open.add(task.key);
            }
            if (task.key.scope().isEmpty() && fails(task)) {
                failed.add(task.key);
            }
        }
        same("run", "unsettled tasks at the end", Set.of(), open);
        same("run", "a first failure", !failed.isEmpty(), kept.firstFailure() != null);
    }

    private static int count(ScopeState scope, Predicate<TaskState> which) {
        int count = 0;
        for (TaskState task : scope.tasks) {
            count += which.test(task) ? 1 : 0;
        }
        return count;
    }

    private static Set<Integer> numbers(ScopeState scope, Predicate<TaskState> which) {
        Set<Integer> numbers = new TreeSet<>();
        for (TaskState task : scope.tasks) {
            if (which.test(task)) {
                numbers.add(task.index);
            }
        }
        return numbers;
    }

    private static boolean isOneOf(TaskState task, Phase... phases) {
        for (Phase phase : phases) {
            if (task.phase == phase) {
                return true;
            }
        }
        return false;
    }

    private void same(Object where, String what, Object derived, Object noted) {
        if (!derived.equals(noted)) {
            wrong.add(what + " of " + where + ": derived " + derived + ", but kept " + noted);
        }
    }
}
