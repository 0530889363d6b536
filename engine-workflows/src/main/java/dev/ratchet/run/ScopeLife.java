package dev.ratchet.run;

/**
 * How far a scope is in its life: the root's, a turn's or an item's. It only ever moves on, in this order; an item that is
 * opened again begins another life.
 */
public enum ScopeLife {
    /** An item that was opened again, and waits for a place among those side by side. */
    WAITING,
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
        return compareTo(OPEN) > 0;
    }

    /** Whether it is not over: it counts among the turns and items that are open. */
    public boolean isOpen() {
        return this != ENDED;
    }

    /** Whichever of two has come further. */
    ScopeLife orLater(ScopeLife other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
