package dev.ratchet.task.dispatch;

import dev.ratchet.run.Attempt;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The alarm clock of all attempts of this process: one thread that only ever tells others to stop. */
final class Timeouts {
    /** How long a stopped attempt may take to say what it has used; after that nobody waits for it any more. */
    static final long GRACE_MS = 3_000;

    /** Longest delivery: without a timeout of its own a task still ends some day. */
    private static final long LONGEST_MS = TimeUnit.DAYS.toMillis(30);

    /** How often the clock looks up. An alarm further away than that is set without waking its thread. */
    private static final long TICK_MS = 1_000;

    private static final ScheduledThreadPoolExecutor CLOCK = clock();

    private Timeouts() {}

    /** Milliseconds that a delivery of the attempt may take. */
    static long of(Attempt attempt) {
        long timeout = attempt.task().timeoutMs();
        return timeout <= 0 ? LONGEST_MS : Math.min(timeout, LONGEST_MS);
    }

    /** Runs the task once, later; it must not block. */
    static ScheduledFuture<?> after(long millis, Runnable task) {
        return CLOCK.schedule(task, millis, TimeUnit.MILLISECONDS);
    }

    private static ScheduledThreadPoolExecutor clock() {
        ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("attempt-timeouts").factory());
        clock.setRemoveOnCancelPolicy(true);
        Future<?> ticking = clock.scheduleAtFixedRate(() -> {}, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
        if (ticking.isCancelled()) {
            throw new IllegalStateException("Expected a clock that ticks, but it was stopped");
        }
        return clock;
    }
}
