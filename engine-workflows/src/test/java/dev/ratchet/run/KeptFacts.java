package dev.ratchet.run;

import dev.ratchet.document.Money;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a state has noted down of facts that follow from its tasks. The one place that knows where they are kept. */
final class KeptFacts {
    private final RunState run;

    KeptFacts(RunState run) {
        this.run = run;
    }

    /** The root, and the turns and items that are open. */
    Collection<ScopeState> open() {
        return run.scopes.values().stream().filter(scope -> scope.life.isOpen()).toList();
    }

    /** Turns and items that ended and are still there. */
    Collection<ScopeState> ended() {
        return run.scopes.values().stream()
                .filter(scope -> !scope.life.isOpen())
                .toList();
    }

    /** The lanes of groups that workers have, by dispatch. */
    SortedMap<Long, Lane> groupLanes() {
        return run.open.groupLanes();
    }

    int unsettled(ScopeState scope) {
        return scope.unsettled;
    }

    int unsettledSources(TaskState task) {
        return task.unsettledSources;
    }

    int externalOpen(GroupState group) {
        return group.externalOpen;
    }

    SortedSet<Integer> ready(Lane lane) {
        return lane.ready;
    }

    SortedSet<Integer> decided(Lane lane) {
        return lane.decided;
    }

    SortedSet<Integer> queued(Lane lane) {
        return lane.queued;
    }

    SortedSet<Integer> slotless(Lane lane) {
        return lane.slotless;
    }

    SortedSet<Integer> unpaid(Lane lane) {
        return lane.unpaid;
    }

    SortedSet<Integer> awaitingBudget(Lane lane) {
        return lane.awaitingBudget;
    }

    SortedMap<Integer, String> readyGroups(Lane lane) {
        return lane.readyGroups;
    }

    SortedMap<Integer, String> queuedGroups(Lane lane) {
        return lane.queuedGroups;
    }

    int open(Lane lane) {
        return lane.open();
    }

    int undecided(Lane lane) {
        return lane.undecided;
    }

    int inFlight(Lane lane) {
        return lane.inFlight;
    }

    boolean failed(Lane lane) {
        return lane.failed;
    }

    boolean cancelled(Lane lane) {
        return lane.cancelled;
    }

    int parked() {
        return run.tally.parked;
    }

    int asked() {
        return run.tally.asked;
    }

    int size() {
        return run.tally.size;
    }

    int unsettled() {
        return run.tally.unsettled;
    }

    int awaitingBudget() {
        return run.tally.awaitingBudget;
    }

    int aside() {
        return run.tally.aside;
    }

    int onWorkers() {
        return run.tally.onWorkers;
    }

    long promised() {
        return run.tally.promised;
    }

    Map<TaskStatus, Integer> statuses() {
        Map<TaskStatus, Integer> counts = new EnumMap<>(TaskStatus.class);
        run.tally.addStatuses(counts);
        return counts;
    }

    /** Of which loops and maps something follows. */
    Set<TaskKey> repetitionsDue() {
        return run.repetitionsDue;
    }

    /** Where tasks are to be admitted. */
    List<LaneView> admitting() {
        return run.tally.worklist.admitting();
    }

    /** Where money is to be set aside. */
    List<LaneView> paying() {
        List<LaneView> paying = new ArrayList<>();
        run.tally.worklist.paying().forEach(paying::add);
        return paying;
    }

    /** Where tasks are to start. */
    List<LaneView> starting() {
        return run.tally.worklist.starting(Integer.MAX_VALUE);
    }

    int waiting() {
        return run.tally.worklist.waiting();
    }

    /** Turns and items that are being looked at. */
    int lookedAt() {
        return Math.toIntExact(run.scopes.values().stream()
                .filter(scope -> scope.life == ScopeLife.EVALUATED)
                .count());
    }

    int executing() {
        return run.tally.executing;
    }

    Set<TaskKey> repeating() {
        return run.tally.repeating;
    }

    Set<TaskKey> delegated() {
        return run.delegated;
    }

    /** What each open dispatch still owes; those that carry a group may owe nothing. */
    Map<Long, Set<TaskKey>> owed() {
        Map<Long, Set<TaskKey>> owed = new TreeMap<>();
        run.open.numbers().forEach(number -> owed.put(number, new TreeSet<>(run.open.owed(number))));
        return owed;
    }

    /** Who waits until when, soonest first. */
    List<TaskKey> agenda() {
        return run.agenda.by(Long.MAX_VALUE - 1);
    }

    @Nullable
    Money reserved() {
        return run.books.ledger.reserved();
    }

    @Nullable
    Money spent() {
        return run.books.ledger.spent();
    }

    @Nullable
    Money used() {
        return run.books.usage.cost();
    }

    @Nullable
    TaskKey firstFailure() {
        return run.course.firstFailure;
    }

    List<ScopeState> all() {
        List<ScopeState> all = new ArrayList<>(open());
        all.addAll(ended());
        return all;
    }
}
