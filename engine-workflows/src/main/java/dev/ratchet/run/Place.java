package dev.ratchet.run;

/** Where a task stands in its lane: it follows from the task alone. */
enum Place {
    /** It waits for others, or is settled. */
    NONE(false, false, false),
    READY(false, false, false),
    /** Its verdict or its preparation is asked for. */
    ASKED(true, true, false),
    DECIDED(true, true, false),
    QUEUED(true, false, false),
    /** It is to be carried out and needs no slot. */
    SLOTLESS(true, false, false),
    AWAITING_BUDGET(true, false, false),
    ON_A_WORKER(true, false, true),
    /** It has begun and holds no slot. */
    BEGUN(true, false, false);

    /** Whether it is of the current batch, and not settled. */
    final boolean open;

    /** Whether it is not known yet if it will start. */
    final boolean undecided;

    /** Whether it holds a slot. */
    final boolean holdsSlot;

    Place(boolean open, boolean undecided, boolean holdsSlot) {
        this.open = open;
        this.undecided = undecided;
        this.holdsSlot = holdsSlot;
    }

    /** @param free whether everything upstream is settled, and no group holds the task back */
    static Place of(TaskView task, boolean free) {
        return switch (task.phase()) {
            case PENDING -> free ? READY : NONE;
            case DECIDING, PREPARING -> ASKED;
            case DECIDED -> DECIDED;
            case QUEUED -> task.node().mode().holdsSlot() ? QUEUED : SLOTLESS;
            case AWAITING_BUDGET -> AWAITING_BUDGET;
            case RUNNING -> ON_A_WORKER;
            case GROUPED, DELEGATED, REPEATING, EXECUTING, BACKING_OFF, PARKED -> BEGUN;
            case COMPLETED, FAILED, SKIPPED, CANCELLED -> NONE;
        };
    }

    /** Whether a task that stands here starts as soon as its money is set aside. */
    boolean isToBePaid() {
        return this == QUEUED || this == SLOTLESS || this == AWAITING_BUDGET;
    }
}
