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
}
