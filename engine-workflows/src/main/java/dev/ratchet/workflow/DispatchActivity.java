package dev.ratchet.workflow;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Carries attempts out. Never throws for a task's sake; it ends in an exception only when the worker is lost. */
@ActivityInterface
public interface DispatchActivity {
    /** The activity type in Temporal. */
    String TYPE = "Dispatch";

    @ActivityMethod(name = TYPE)
    DispatchResult dispatch(DispatchRequest request);

    /** The activity type of {@link #nextTurn}. */
    String NEXT_TURN = "NextTurn";

    /**
     * Does nothing: its end makes the server schedule a workflow task, in which signals and queries have their turn. A
     * timer of a millisecond would do the same, but servers let short timers fire up to a second late.
     */
    @ActivityMethod(name = NEXT_TURN)
    void nextTurn();
}
