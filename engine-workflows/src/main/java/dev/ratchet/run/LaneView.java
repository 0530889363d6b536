package dev.ratchet.run;

import dev.ratchet.plan.Policies.Scheduling;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * A set of tasks that are scheduled together: the tasks of a scope, or those of a group that a worker has. Numbers are
 * node numbers, so their order is the order of ids.
 */
public interface LaneView {
    String scope();

    Scheduling scheduling();

    /** Whether it is a group's, folded by a worker. */
    boolean isGroup();

    /** The dispatch that carries the group; 0 for the tasks of a scope. */
    long dispatch();

    /** How many of its attempts may be on workers at the same time. */
    int slots();

    /** Tasks whose upstream is settled and that nobody has looked at yet. */
    SortedSet<Integer> ready();

    /** Tasks whose conditions are known and whose verdict is due. */
    SortedSet<Integer> decided();

    /** Tasks that wait for a slot. */
    SortedSet<Integer> queued();

    /** Tasks that are to be carried out and need no slot: inline ones, and those that are other runs. */
    SortedSet<Integer> slotless();

    /** Tasks to start whose money is not set aside yet, those that wait for it included. */
    SortedSet<Integer> unpaid();

    /** Tasks that wait for money. */
    SortedSet<Integer> awaitingBudget();

    /** Groups whose needs from outside are settled and that nobody has looked at yet, by their first member. */
    SortedMap<Integer, String> readyGroups();

    /** Groups that wait for a slot, by their first member. */
    SortedMap<Integer, String> queuedGroups();

    /** Tasks of the current batch that are not known to be ready to start. */
    int undecided();

    /** Tasks and groups of the current batch that are not settled. */
    int open();

    /** Batches begun so far. */
    int batches();

    /** Whether one of its tasks failed for good, without leave to. */
    boolean hasFailed();

    /** Whether one of its tasks was cancelled: whoever cancels wants nothing further started. */
    boolean hasCancelled();
}
