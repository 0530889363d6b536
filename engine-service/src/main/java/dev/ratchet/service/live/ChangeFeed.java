package dev.ratchet.service.live;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells that one run may have changed, at most once in an interval. Readers remember the count they saw, read the run,
 * and wait for a higher count: nothing can slip between. Thread-safe.
 */
public final class ChangeFeed {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeFeed.class);

    private final RunHistory history;
    private final String workflowId;
    private final Duration interval;
    private final Duration linger;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition told = lock.newCondition();
    private long count;
    private boolean over;
    private @Nullable RuntimeException failure;
    private long lastWanted = System.nanoTime();

    ChangeFeed(RunHistory history, String workflowId, Duration interval, Duration linger) {
        this.history = history;
        this.workflowId = workflowId;
        this.interval = interval;
        this.linger = linger;
    }

    /** How many changes were told so far. To be read before the run is. */
    public long count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until more than {@code seen} changes were told, the feed is over, or the deadline ({@code System.nanoTime})
     * has passed.
     *
     * @return false when the deadline has passed
     * @throws RuntimeException what reading the history threw: nobody can wait for changes that nobody sees
     */
    public boolean awaitAfter(long seen, long deadline) throws InterruptedException {
        lock.lock();
        try {
            lastWanted = System.nanoTime();
            while (count <= seen && !over) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                var ignored = told.awaitNanos(left);
            }
            if (count <= seen && failure != null) {
                throw failure;
            }
            return true;
        } finally {
            lastWanted = System.nanoTime();
            lock.unlock();
        }
    }

    /** Whether nothing more will be told: the run has ended, or its history cannot be read. */
    public boolean isOver() {
        lock.lock();
        try {
            return over;
        } finally {
            lock.unlock();
        }
    }

    void touch() {
        lock.lock();
        lastWanted = System.nanoTime();
        lock.unlock();
    }

    /** Follows the history until the run ends or nobody wants to know any more. */
    void run() {
        try {
            RunHistory.@Nullable Position position = null;
            boolean ended = false;
            while (!ended && isWanted()) {
                RunHistory.Page page = history.next(workflowId, position);
                position = page.position();
                ended = page.ended();
                if (page.changed()) {
                    tell();
                    TimeUnit.NANOSECONDS.sleep(interval.toNanos());
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failed) {
            LOG.debug("Expected to follow the history of {}, but failed", workflowId, failed);
            fail(failed);
        } finally {
            end();
        }
    }

    private boolean isWanted() {
        lock.lock();
        try {
            return lock.hasWaiters(told) || System.nanoTime() - lastWanted < linger.toNanos();
        } finally {
            lock.unlock();
        }
    }

    private void tell() {
        lock.lock();
        try {
            count++;
            told.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void fail(RuntimeException failed) {
        lock.lock();
        try {
            failure = failed;
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            over = true;
            told.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
