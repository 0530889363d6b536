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

/** The writable side of a lane. Its sets and counts follow from its tasks, through {@link #place} alone. */
final class Lane implements LaneView {
    private final String scope;
    private final Scheduling scheduling;
    private final long dispatch;
    private final int slots;
    private final long handedAt;
    private final @Nullable GroupState group;
    private final Tally tally;
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
    /** Groups of the current batch that workers have. */
    private int groups;

    private boolean stopped;
    /** What its worklist knows of it. */
    Work noted = Work.NOTHING;

    int batches;
    boolean failed;
    boolean cancelled;

    private Lane(
            String scope,
            Scheduling scheduling,
            long dispatch,
            int slots,
            long handedAt,
            @Nullable GroupState group,
            Tally tally) {
        this.tally = tally;
        this.scope = scope;
        this.scheduling = scheduling;
        this.dispatch = dispatch;
        this.slots = slots;
        this.handedAt = handedAt;
        this.group = group;
    }

    /** The lane of a scope's own tasks. */
    static Lane ofScope(String scope, PlanPolicy policy, Tally tally) {
        return new Lane(scope, policy.scheduling(), 0, policy.maxParallelism(), 0, null, tally);
    }

    /** A lane for a group that a worker has: there each task starts as soon as it can. */
    Lane ofGroup(GroupState members, long number, int granted, long at) {
        return new Lane(scope, Scheduling.DATAFLOW, number, granted, at, members, tally);
    }

    /** When its group was handed over, epoch milliseconds; 0 for the tasks of a scope. */
    long handedAt() {
        return handedAt;
    }

    /** The numbers of its tasks, when it is a group's. */
    List<Integer> members() {
        return group == null ? List.of() : group.members;
    }

    /** Takes a task into account as it is now, wherever it stood before: all that the lane keeps follows from that. */
    static void place(TaskState task, boolean free) {
        Place now = Place.of(task, free);
        boolean pays = now.isToBePaid() && task.unreserved() != null;
        if (task.placedIn == task.lane && task.place == now && task.pays == pays) {
            return;
        }
        withdraw(task);
        task.placedIn = task.lane;
        task.place = now;
        task.pays = pays;
        task.lane.stand(task, true);
    }

    /** No lane knows of the task any more, until it is placed again. */
    static void withdraw(TaskState task) {
        if (task.placedIn != null) {
            task.placedIn.stand(task, false);
            task.placedIn = null;
        }
    }

    private void stand(TaskState task, boolean here) {
        int one = here ? 1 : -1;
        open += task.place.open ? one : 0;
        undecided += task.place.undecided ? one : 0;
        inFlight += task.place.holdsSlot ? one : 0;
        if (!isGroup() && task.place.holdsSlot) {
            tally.onWorkers += one;
        }
        set(unpaid, task, here && task.pays);
        switch (task.place) {
            case READY -> set(ready, task, here);
            case DECIDED -> set(decided, task, here);
            case QUEUED -> set(queued, task, here);
            case SLOTLESS -> set(slotless, task, here);
            case AWAITING_BUDGET -> set(awaitingBudget, task, here);
            case NONE, ASKED, ON_A_WORKER, BEGUN -> {
                // only counted
            }
        }
        note();
    }

    private static void set(TreeSet<Integer> numbers, TaskState task, boolean here) {
        if (here) {
            numbers.add(task.index);
        } else {
            numbers.remove(task.index);
        }
    }

    /** Takes a group into account whose first member waits in this lane. */
    void place(GroupState group, boolean isReady, boolean isQueued) {
        set(readyGroups, group, isReady);
        set(queuedGroups, group, isQueued);
        note();
    }

    private static void set(TreeMap<Integer, String> groups, GroupState group, boolean here) {
        if (here) {
            groups.put(group.first(), group.name);
        } else {
            groups.remove(group.first());
        }
    }

    /** A worker has one group more, or less. */
    void countGroup(int one) {
        groups += one;
        note();
    }

    /** Nothing further starts in it. */
    void stop() {
        stopped = true;
        note();
    }

    private void note() {
        if (!isGroup()) {
            tally.worklist.note(this);
        }
    }

    /** What is to be done in it now: whether tasks are to be admitted, paid, started. */
    Work work() {
        if (stopped) {
            return Work.NOTHING;
        }
        boolean news = !(ready.isEmpty() && readyGroups.isEmpty());
        boolean dataflow = scheduling == Scheduling.DATAFLOW;
        boolean starts = dataflow || undecided == 0;
        return new Work(
                !decided.isEmpty() || (news && (dataflow || open() == 0)),
                starts && !(unpaid.isEmpty() && awaitingBudget.isEmpty()),
                starts && !(queued.isEmpty() && queuedGroups.isEmpty()) ? queued.size() : -1,
                starts && !slotless.isEmpty());
    }

    /**
     * What is to be done in a lane.
     *
     * @param queued how many tasks wait for a slot; -1 when neither tasks nor groups do
     */
    record Work(boolean admits, boolean pays, int queued, boolean slotless) {
        static final Work NOTHING = new Work(false, false, -1, false);
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
        return open + groups;
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
