package dev.ratchet.run;

import dev.ratchet.plan.Policies.OnFailure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One turn or item as deciders see it. */
public interface ScopeView {
    String path();

    /** How far it ought to be by now, for what failed in it, around it, or of the task that repeats it. */
    ScopeLife due(OnFailure policy);

    /** Tasks not settled. */
    int unsettled();

    /** How far it is in its own life; what is around it may be further. */
    ScopeLife life();

    /** Whether nothing is in flight in it, and none of its tasks repeats others now. */
    boolean isQuiet();

    /** Whether one of its tasks failed for good, without leave to. */
    boolean hasFailed();

    /** The error of the first of them, and which it was; absent when none did. */
    @Nullable
    TaskError firstError();

    /** The tasks on which no other depends, in id order. */
    List<TaskView> leaves();
}
