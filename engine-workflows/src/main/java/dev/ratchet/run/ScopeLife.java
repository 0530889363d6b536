package dev.ratchet.run;

import dev.ratchet.plan.Policies.OnFailure;

/** How far a scope is in its life: the root's, a turn's or an item's. It only ever moves on, in this order. */
public enum ScopeLife {
    /** Tasks begin in it. */
    OPEN,
    /** Nothing further begins in it; what is in flight may finish. */
    FINISHING,
    /** Nothing further begins in it; what is in flight is told to stop. */
    CANCELLING,
    /** All its tasks are settled, and what it gave is being looked at. Only turns and items. */
    EVALUATED,
    /** It is over, and only there because its tasks are not in pages yet. */
    ENDED;

    /** Whether no task can begin in it, now or ever again. */
    public boolean isStopping() {
        return this != OPEN;
    }

    /** Whether it is not over: it counts among the turns and items that are open. */
    public boolean isOpen() {
        return this != ENDED;
    }

    /** Whether what is in flight in it is told to stop, or nothing is any more. */
    public boolean isCancelling() {
        return compareTo(CANCELLING) >= 0;
    }

    /**
     * How far a turn or an item ought to be.
     *
     * @param givenUp whether the task that repeats it is given up: then so is what finishes
     * @param around how far the scopes around it are
     * @param failed whether one of its tasks failed for good
     */
    static ScopeLife due(boolean givenUp, ScopeLife around, boolean failed, OnFailure policy) {
        if (givenUp || around.isCancelling()) {
            return CANCELLING;
        }
        boolean stops = around.isStopping() || (failed && policy != OnFailure.SKIP_DEPENDENTS);
        return !stops ? OPEN : policy == OnFailure.FAIL_FAST ? CANCELLING : FINISHING;
    }

    /** Whichever of two has come further. */
    ScopeLife orLater(ScopeLife other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
