package dev.ratchet.run;

import dev.ratchet.document.Money;
import dev.ratchet.plan.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One task instance as deciders and readers see it. */
public interface TaskView {
    TaskKey key();

    Node node();

    /** Whether it travels with a group that waits for a slot, or that a worker has. */
    boolean isInGroup();

    /** Number of the node in its scope: the place of its id in id order. */
    int index();

    Phase phase();

    /** Attempts handed out so far; the number of the current one. */
    int attempt();

    /** Deliveries of the current attempt so far. */
    int delivery();

    /** Deliveries of the current attempt that never reported. */
    int lostDeliveries();

    /** Whether the next hand-over is another delivery of the same attempt. */
    boolean isRedelivery();

    /** When the current delivery was handed over, epoch milliseconds; 0 before the first. */
    long handedAt();

    /** Whether it was handed over to a queue that no worker looks at. */
    boolean isUnpolled();

    /** What all its attempts have used so far. */
    Usage usage();

    /** The dispatch that carries the current delivery. */
    long dispatch();

    /** Answers to the node's questions; empty until it completed. */
    List<Answer> answers();

    /** Answers to the node's late conditions; empty until decided. */
    List<Answer> lateAnswers();

    @Nullable
    Answer whenAnswer();

    @Nullable
    SkipReason reason();

    @Nullable
    Value output();

    @Nullable
    TaskError error();

    @Nullable
    Estimate estimate();

    /** What preparation stored for the next attempt. */
    @Nullable
    Value payload();

    @Nullable
    Money reserved();

    /** The money that must be set aside before the next attempt; absent when none, or when it already is. */
    default @Nullable Money unreserved() {
        Estimate estimate = estimate();
        return estimate == null || reserved() != null ? null : estimate.cost();
    }

    @Nullable
    Long dueAt();

    /** When its first attempt began, or it was parked; absent before. */
    @Nullable
    Long startedAt();

    /** How far it has come, if it repeats others; absent before it began and when it does not. */
    @Nullable
    RepetitionView repetition();

    /** What is asked of whom, while it is parked for a person or an agent. */
    @Nullable
    Hold hold();

    /** The answer that was given for it, also early; absent before. */
    @Nullable
    Given given();

    /** What it is parked for; absent when it is not. */
    @Nullable
    WaitingFor parkedFor();

    /** What is known of the run that carries it out; absent when none does. */
    @Nullable
    Errand errand();

    TaskRecord record();
}
