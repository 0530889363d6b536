package dev.ratchet.task.dispatch;

import dev.ratchet.workflow.DispatchResult;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Says once a second that a dispatch is alive, until the run wants no more of it. Belongs to the dispatch's thread. */
final class Heartbeat {
    private static final long INTERVAL = TimeUnit.SECONDS.toNanos(1);

    private final Lifeline lifeline;
    private long last = System.nanoTime();
    private boolean cancelled;

    Heartbeat(Lifeline lifeline) {
        this.lifeline = lifeline;
    }

    /** Nanoseconds until the next one is due, at least one. */
    long nanosLeft() {
        return Math.max(1, last + INTERVAL - System.nanoTime());
    }

    /** Beats when it is time to; true when the run now says for the first time that it wants no more. */
    boolean hearsCancel(Supplier<DispatchResult> soFar) {
        if (cancelled || System.nanoTime() - last < INTERVAL) {
            return false;
        }
        last = System.nanoTime();
        cancelled = lifeline.beat(soFar.get()) == Lifeline.Word.CANCEL;
        return cancelled;
    }
}
