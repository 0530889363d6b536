package dev.ratchet.task.dispatch;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A worker's way down, in two steps: from {@link #begin} on nothing new starts, and at {@link #interrupt} what still runs
 * is stopped and handed back. One for all activities of a worker. Thread-safe.
 */
public final class Draining {
    private final Set<Runnable> running = ConcurrentHashMap.newKeySet();
    private volatile boolean begun;
    private volatile boolean interrupted;

    /** From now on dispatches hand back whatever they have not started. */
    public void begin() {
        begun = true;
    }

    /** The grace is over: stops every attempt that still runs. */
    public void interrupt() {
        begun = true;
        interrupted = true;
        running.forEach(Runnable::run);
    }

    public boolean hasBegun() {
        return begun;
    }

    /** Calls {@code stop}, which must be of the caller's own, when the grace is over, at once when it is; until the returned registration is closed. */
    Registration onInterrupt(Runnable stop) {
        running.add(stop);
        if (interrupted) {
            stop.run();
        }
        return () -> running.remove(stop);
    }

    /** Ends with its dispatch. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
