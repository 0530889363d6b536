package dev.ratchet.task.http;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks at one exchange from outside and breaks it when its time is over, or when its body stalls or trickles. Reads of a
 * socket know the pause between two bytes only, not how many come in the end.
 */
final class Watch implements AutoCloseable {
    /** Why an exchange was broken. */
    enum Reason {
        DEADLINE,
        STALLED,
        TRICKLES
    }

    private static final ScheduledThreadPoolExecutor CLOCK = clock();

    private final HttpSettings settings;
    private final long deadline;
    private final Runnable breakOff;
    private final ScheduledFuture<?> ticks;
    private volatile @Nullable Reason reason;
    private volatile long bodyStart;
    private volatile long lastBytes;
    private volatile long bytes;

    /** Watches from now on; {@code breakOff} is called from another thread, at most once. */
    Watch(HttpSettings settings, long remainingMs, Runnable breakOff) {
        this.settings = settings;
        this.deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(remainingMs);
        this.breakOff = breakOff;
        long tick = Math.clamp(Math.min(remainingMs, settings.stall().toMillis()) / 4, 10, 1_000);
        this.ticks = CLOCK.scheduleWithFixedDelay(this::look, tick, tick, TimeUnit.MILLISECONDS);
    }

    /** Runs something now and then for as long as the process lives. */
    static void every(Duration pause, Runnable work) {
        CLOCK.scheduleWithFixedDelay(work, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The headers are there, what follows is body. */
    void bodyBegins() {
        long now = System.nanoTime();
        lastBytes = now;
        bytes = 0;
        bodyStart = now;
    }

    /** Bytes of the body came. Called by one thread. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    void came(int count) {
        bytes += count;
        lastBytes = System.nanoTime();
    }

    /** Absent while nothing was broken. */
    @Nullable
    Reason reason() {
        return reason;
    }

    @Override
    public void close() {
        ticks.cancel(false);
    }

    private void look() {
        Reason found = find(System.nanoTime());
        if (found != null && reason == null) {
            reason = found;
            ticks.cancel(false);
            breakOff.run();
        }
    }

    private @Nullable Reason find(long now) {
        if (now - deadline > 0) {
            return Reason.DEADLINE;
        }
        long start = bodyStart;
        long stall = settings.stall().toNanos();
        if (start == 0) {
            return null;
        }
        if (now - lastBytes > stall) {
            return Reason.STALLED;
        }
        double seconds = (now - start) / 1e9;
        return now - start > 2 * stall && bytes < seconds * settings.minBytesPerSecond() ? Reason.TRICKLES : null;
    }

    private static ScheduledThreadPoolExecutor clock() {
        ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "http-watch");
            thread.setDaemon(true);
            return thread;
        });
        clock.setRemoveOnCancelPolicy(true);
        return clock;
    }
}
