package dev.ratchet.task.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops one attempt, once: interrupts its thread and closes what it has registered. Neither touches the thread before it
 * entered or after it left. Thread-safe.
 */
final class StopSwitch {
    private static final Logger LOG = LoggerFactory.getLogger(StopSwitch.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Runnable> closers = new ArrayList<>();
    private @Nullable Thread thread;
    private boolean left;
    private volatile @Nullable Stop reason;

    /** The calling thread carries the attempt from now on; false when it was stopped before. */
    boolean enter() {
        lock.lock();
        try {
            thread = Thread.currentThread();
            return reason == null;
        } finally {
            lock.unlock();
        }
    }

    /** The calling thread is done with the attempt. Answers why it was told to stop; later calls come too late. */
    @Nullable
    Stop leave() {
        lock.lock();
        try {
            left = true;
            thread = null;
            clearInterrupt();
            return reason;
        } finally {
            lock.unlock();
        }
    }

    /** Tells the attempt to stop; false when it was told before or has left. */
    boolean stop(Stop why) {
        lock.lock();
        try {
            if (left || reason != null) {
                return false;
            }
            reason = why;
            if (thread != null) {
                thread.interrupt();
            }
            closers.forEach(StopSwitch::close);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Closes {@code close} when the attempt is stopped, at once when it was. */
    void onStop(Runnable close) {
        lock.lock();
        try {
            if (reason == null) {
                closers.add(close);
            } else {
                close(close);
            }
        } finally {
            lock.unlock();
        }
    }

    boolean isStopped() {
        return reason != null;
    }

    /** A pooled thread must not carry the interrupt of this attempt into the next one. */
    private static void clearInterrupt() {
        Thread.interrupted();
    }

    /** On a thread of its own: closing may block, and whoever stops an attempt has others to stop. */
    private static void close(Runnable close) {
        Thread.ofVirtual().name("attempt-close").start(() -> {
            try {
                close.run();
            } catch (RuntimeException e) {
                LOG.debug("Expected to close what a stopped attempt had open, but it failed", e);
            }
        });
    }
}
