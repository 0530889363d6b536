package dev.ratchet.run;

import dev.ratchet.plan.Body;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** How far a composite task has come, as deciders see it. */
public interface RepetitionView {
    Body body();

    /** Turns or items there will be, at most. */
    int total();

    /** The items of a map; absent for a loop. */
    @Nullable
    Value items();

    /** What each item gave that ended; of a loop only its last turn. */
    List<Part> parts();

    /** Numbers of the turns or items that are open. */
    SortedSet<Integer> open();

    /** Numbers of those of them of which something follows by now. */
    SortedSet<Integer> due();

    /** Turns or items begun so far. */
    int begun();

    /** Whether a loop's condition, asked after its last turn, says to go on. */
    boolean goesOn();

    /** Why it is given up; absent while it is not. */
    @Nullable
    TaskError failure();

    /** What the last turn gave; absent when nothing. */
    @Nullable
    Value last();
}
