package dev.ratchet.run;

import dev.ratchet.money.Ledger;
import dev.ratchet.plan.Plan;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A run as policies and verdicts see it: read-only. Who gets this view cannot change a run. */
public interface RunView {
    Plan plan();

    RunStatus status();

    /** The version of the engine's rules that the run began under, see {@link EngineVersions}. */
    int engineVersion();

    /** Whether the run was taken up. */
    boolean isStarted();

    /** Whether somebody asked that nothing new starts. */
    boolean isPaused();

    /** Number of the graph: 1 is the one that was submitted. */
    int revision();

    /** How many agent tasks tasks have added so far. */
    int agentsAdded();

    /** Number of events so far. */
    long version();

    Ledger ledger();

    /** Why the run is coming to its end; absent while it goes on. */
    @Nullable
    ClosingCause closing();

    /** When tasks in flight are given up; absent when they may finish. */
    @Nullable
    Long closingUntil();

    boolean isEnded();

    /** The run's own error, once it is closing for one. */
    @Nullable
    TaskError closingError();

    /** The first failure that counts, in event order. */
    @Nullable
    TaskKey firstFailure();

    /**
     * The lanes in which tasks are to be admitted now, in the order of their paths: lanes of scopes, or the one whose group is
     * being folded. Never more than those to which something happened.
     */
    List<LaneView> admitting();

    /** Likewise, those in which money is to be set aside. */
    Iterable<LaneView> paying();

    /** Likewise, those in which something starts; those that wait for a slot only as far as there are slots. */
    List<LaneView> starting();

    /** Tasks that wait for a slot, in all lanes that may start them. */
    int waiting();

    /** Whether a group is being folded. */
    boolean isFolding();

    /** Attempts that may be handed over now in a lane. */
    int freeSlots(LaneView lane);

    TaskView task(LaneView lane, int index);

    /** The task, or absent when the run has none of that key. */
    @Nullable
    TaskView task(TaskKey key);

    /** The tasks of a scope in topological order. */
    List<TaskView> topological(String scope);

    /** The paths of the open scopes, outermost first. */
    List<String> scopes();

    /** What the edges of a task say, in edge order. Only once everything upstream is settled. */
    List<EdgeReading> edges(TaskView task);

    /** How far a scope is in its own life; over, when it is not there any more. */
    ScopeLife life(String scope);

    /**
     * Whether nothing further starts where a task is, ever: the run, or a turn or item that the task belongs to, closes,
     * is being looked at, or is over.
     */
    boolean isStopping(TaskKey key);

    /** Whether what is in flight where a task is was told to stop, or had better be: nobody wants it any more. */
    boolean isCancelling(TaskKey key);

    /** The composite tasks of which something follows by now, in key order: never more than those that something happened to. */
    Iterable<TaskKey> repetitionsDue();

    /** An open turn or item. */
    ScopeView scope(String path);

    /** Task instances so far. */
    int instances();

    /** Task instances that maps which have begun are still to have. */
    long promised();

    /** Whether a task waits to travel with its group. */
    boolean travelsWithGroup(TaskView task);

    /** The tasks that depend on a task, in id order. */
    List<TaskView> targets(TaskView task);

    /** Tasks of a group that are carried out inline where its dispatch is, by number. */
    List<TaskKey> executing(long dispatch);

    /** The members of the group that a dispatch carries, in topological order; none when it carries none. */
    List<TaskView> carried(long dispatch);

    /** When the group was handed over that a dispatch carries; absent when it carries none. */
    @Nullable
    Long groupHandedAt(long dispatch);

    /** Tasks of which an attempt is in a queue of its own, or with a worker that takes from it. */
    List<TaskView> handedTo(String taskQueue);

    /** Whether a task of that type has cost something in this run for which nothing was set aside. */
    boolean isCostly(String type);

    /** Keys of the attempts that a dispatch still owes an outcome, ascending. */
    List<TaskKey> owed(long dispatch);

    /** Numbers of the open dispatches, ascending. */
    Set<Long> dispatches();

    /** The number the next dispatch gets. */
    long nextDispatch();

    /** The tasks of a group, in id order; none when there is no such group. */
    List<TaskView> members(String scope, String group);

    /** The group a scope has under a name: its width. */
    int groupWidth(String scope, String group);

    /** Tasks not settled. */
    int unsettled();

    /** Tasks on which something outside works right now. */
    int inFlight();

    /** Tasks that other runs carry out, in key order. */
    Set<TaskKey> delegated();

    /** Whether nothing can ever happen again without somebody's help: nothing asked, handed out, due or waited for. */
    boolean isStuck();

    boolean hasRead(String commandId);

    /** What is due by a time, in order of due time and key. */
    List<TaskKey> due(long at);

    /** When the run's time is over; absent without a limit, or once tasks in flight are given up anyway. */
    @Nullable
    Long runDeadline();

    /** When nothing has happened for too long; absent without a limit, or while a person, a time or a child is waited for. */
    @Nullable
    Long idleDeadline();

    /** When the decider wants to be woken next; absent when no time matters. */
    @Nullable
    Long nextDue();
}
