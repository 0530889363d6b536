package dev.ratchet.task.dispatch;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A worker's way down, in two steps: from {@link #begin} on nothing new starts, and at {@link #interrupt} what still runs
 * is stopped and handed back. One for all activities of a worker. Thread-safe.
 */
public final class Draining {
    /**
     * How long a worker that shuts down may still get work. What is handed back sooner comes straight back to it, because
     * a run starts activities where its workflow task ran.
     */
    private static final long POLLS_END = TimeUnit.SECONDS.toNanos(1);

    private final Set<Runnable> running = ConcurrentHashMap.newKeySet();
    private final CountDownLatch never = new CountDownLatch(1);
    private volatile @Nullable Long begunAt;
    private volatile boolean interrupted;

    /** From now on dispatches hand back whatever they have not started. */
    public void begin() {
        if (begunAt == null) {
            begunAt = System.nanoTime();
        }
    }

    /** The grace is over: stops every attempt that still runs. */
    public void interrupt() {
        begin();
        interrupted = true;
        running.forEach(Runnable::run);
    }

    public boolean hasBegun() {
        return begunAt != null;
    }

    /** Waits until what is handed back now goes to another worker: at most a second, and not at all most of the time. */
    void holdUntilPollsEnd() {
        Long begun = begunAt;
        long left = begun == null ? 0 : begun + POLLS_END - System.nanoTime();
        try {
            if (left > 0 && never.await(left, TimeUnit.NANOSECONDS)) {
                throw new IllegalStateException("Expected time to pass, but the latch opened");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Calls {@code stop}, which must be the caller's own, when the grace is over, at once when it is; until closed. */
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
