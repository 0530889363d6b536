package dev.ratchet.run;

import dev.ratchet.plan.PlanPolicy;
import dev.ratchet.plan.Policies.Scheduling;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The writable side of a lane. Its sets and counts follow from the phases of its tasks: {@link #enter}, {@link #leave}. */
final class Lane implements LaneView {
    private final String scope;
    private final Scheduling scheduling;
    private final long dispatch;
    private final int slots;
    private final long handedAt;
    private final @Nullable GroupState group;
    final TreeSet<Integer> ready = new TreeSet<>();
    final TreeSet<Integer> decided = new TreeSet<>();
    final TreeSet<Integer> queued = new TreeSet<>();
    final TreeSet<Integer> slotless = new TreeSet<>();
    final TreeSet<Integer> unpaid = new TreeSet<>();
    final TreeSet<Integer> awaitingBudget = new TreeSet<>();
    final TreeMap<Integer, String> readyGroups = new TreeMap<>();
    final TreeMap<Integer, String> queuedGroups = new TreeMap<>();
    int undecided;
    int open;
    int inFlight;
    int batches;
    boolean failed;
    boolean cancelled;

    private Lane(
            String scope, Scheduling scheduling, long dispatch, int slots, long handedAt, @Nullable GroupState group) {
        this.scope = scope;
        this.scheduling = scheduling;
        this.dispatch = dispatch;
        this.slots = slots;
        this.handedAt = handedAt;
        this.group = group;
    }

    /** The lane of a scope's own tasks. */
    static Lane ofScope(String scope, PlanPolicy policy) {
        return new Lane(scope, policy.scheduling(), 0, policy.maxParallelism(), 0, null);
    }

    /** A lane for a group that a worker has: there each task starts as soon as it can. */
    static Lane ofGroup(String scope, GroupState group, long dispatch, int slots, long handedAt) {
        return new Lane(scope, Scheduling.DATAFLOW, dispatch, slots, handedAt, group);
    }

    /** When its group was handed over, epoch milliseconds; 0 for the tasks of a scope. */
    long handedAt() {
        return handedAt;
    }

    /** The numbers of its tasks, when it is a group's. */
    List<Integer> members() {
        return group == null ? List.of() : group.members;
    }

    /** Takes a task in its present phase into account. */
    void enter(TaskState task) {
        count(task, 1);
        switch (task.phase) {
            case DECIDED -> decided.add(task.index);
            case QUEUED -> queue(task).add(task.index);
            case AWAITING_BUDGET -> awaitingBudget.add(task.index);
            default -> {
                // counted above, or of no interest to scheduling
            }
        }
        if ((task.phase == Phase.QUEUED || task.phase == Phase.AWAITING_BUDGET)
                && Reservation.unreserved(task) != null) {
            unpaid.add(task.index);
        }
    }

    private TreeSet<Integer> queue(TaskState task) {
        return task.node.mode().holdsSlot() ? queued : slotless;
    }

    /** Undoes {@link #enter}. */
    void leave(TaskState task) {
        count(task, -1);
        unpaid.remove(task.index);
        switch (task.phase) {
            case PENDING -> ready.remove(task.index);
            case DECIDED -> decided.remove(task.index);
            case QUEUED -> queue(task).remove(task.index);
            case AWAITING_BUDGET -> awaitingBudget.remove(task.index);
            default -> {
                // counted above, or of no interest to scheduling
            }
        }
    }

    private void count(TaskState task, int one) {
        if (task.phase != Phase.PENDING && !task.phase.isSettled()) {
            open += one;
        }
        if (task.phase == Phase.DECIDING || task.phase == Phase.DECIDED || task.phase == Phase.PREPARING) {
            undecided += one;
        }
        if (task.phase == Phase.RUNNING) {
            inFlight += one;
        }
    }

    @Override
    public String scope() {
        return scope;
    }

    @Override
    public Scheduling scheduling() {
        return scheduling;
    }

    @Override
    public boolean isGroup() {
        return dispatch != 0;
    }

    @Override
    public long dispatch() {
        return dispatch;
    }

    @Override
    public int slots() {
        return slots;
    }

    @Override
    public SortedSet<Integer> ready() {
        return Collections.unmodifiableSortedSet(ready);
    }

    @Override
    public SortedSet<Integer> decided() {
        return Collections.unmodifiableSortedSet(decided);
    }

    @Override
    public SortedSet<Integer> queued() {
        return Collections.unmodifiableSortedSet(queued);
    }

    @Override
    public SortedSet<Integer> slotless() {
        return Collections.unmodifiableSortedSet(slotless);
    }

    @Override
    public SortedSet<Integer> unpaid() {
        return Collections.unmodifiableSortedSet(unpaid);
    }

    @Override
    public SortedSet<Integer> awaitingBudget() {
        return Collections.unmodifiableSortedSet(awaitingBudget);
    }

    @Override
    public SortedMap<Integer, String> readyGroups() {
        return Collections.unmodifiableSortedMap(readyGroups);
    }

    @Override
    public SortedMap<Integer, String> queuedGroups() {
        return Collections.unmodifiableSortedMap(queuedGroups);
    }

    @Override
    public int undecided() {
        return undecided;
    }

    @Override
    public int open() {
        return open;
    }

    @Override
    public int batches() {
        return batches;
    }

    @Override
    public boolean hasFailed() {
        return failed;
    }

    @Override
    public boolean hasCancelled() {
        return cancelled;
    }
}
