package dev.ratchet.task.dispatch;

import dev.ratchet.document.ErrorCode;
import dev.ratchet.run.Attempt;
import dev.ratchet.run.Outcome;
import dev.ratchet.run.TaskError;
import dev.ratchet.run.Usage;
import dev.ratchet.task.spi.TaskFailure;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One delivery of one attempt on a thread of its own: ends in exactly one {@link Ending}, whatever the executor does. One
 * that does not heed a stop is left alone after {@link Timeouts#GRACE_MS}. Thread-safe.
 */
final class RunningAttempt implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningAttempt.class);

    private final Attempt attempt;
    private final Work work;
    private final StopSwitch stops;
    private final InstantSource clock;
    private final CompletableFuture<Ending> ending = new CompletableFuture<>();
    private final long limitMs;
    private volatile long startedAt;

    /** Where the work is done; throws what {@link Failures} understands. */
    interface Work {
        Carrying.Product carryOut() throws TaskFailure, InterruptedException;

        /** Makes data of what was thrown. */
        TaskFailure understand(Throwable thrown);
    }

    /** @param limitMs what the delivery may take, in milliseconds */
    RunningAttempt(Attempt attempt, Work work, StopSwitch stops, InstantSource clock, long limitMs) {
        this.limitMs = limitMs;
        this.attempt = attempt;
        this.work = work;
        this.stops = stops;
        this.clock = clock;
        this.startedAt = clock.millis();
    }

    /** Waits for the ending. */
    Ending join() {
        return ending.join();
    }

    /** Tells {@code listener} the ending, once: on the attempt's thread, or here when it has ended already. */
    void onEnding(Consumer<Ending> listener) {
        CompletableFuture<Void> told = ending.thenAccept(listener);
        if (told.isCompletedExceptionally()) {
            throw new IllegalStateException("Expected a listener that never fails, but it did");
        }
    }

    /** Tells the attempt to stop. Its ending follows soon: at the latest when the grace for it is over. */
    void stop(Stop why) {
        if (stops.stop(why)) {
            Future<?> end = Timeouts.after(Timeouts.GRACE_MS, () -> abandon(why));
            onEnding(any -> end.cancel(false));
        }
    }

    @Override
    public void run() {
        startedAt = clock.millis();
        Future<?> timeout = Timeouts.after(limitMs, () -> stop(Stop.TIMED_OUT));
        try {
            ending.complete(stops.enter() ? carried() : stopped(stops.leave(), null));
        } finally {
            timeout.cancel(false);
        }
    }

    private Ending carried() {
        try {
            Carrying.Product product = work.carryOut();
            Stop why = stops.leave();
            return why == Stop.TIMED_OUT ? stopped(why, product.usage()) : completed(product);
        } catch (Throwable thrown) {
            Stop why = stops.leave();
            return why == null ? failed(work.understand(thrown)) : stopped(why, usageOf(thrown));
        }
    }

    private static @Nullable Usage usageOf(Throwable thrown) {
        return thrown instanceof TaskFailure failure ? failure.usage() : null;
    }

    private void abandon(Stop why) {
        if (ending.complete(stopped(why, null))) {
            LOG.warn("Expected the executor of task {} to stop when told to ({}), but it runs on", attempt.key(), why);
        }
    }

    private Ending completed(Carrying.Product product) {
        return settled(product.completed(), product.usage(), product.simulated());
    }

    private Ending failed(TaskFailure failure) {
        return settled(
                new Outcome.Failed(failure.error(), failure.isRetryable(), failure.retryAfterMs()),
                failure.usage(),
                false);
    }

    private Ending stopped(@Nullable Stop why, @Nullable Usage usage) {
        return switch (why == null ? Stop.SHUTDOWN : why) {
            case CANCELLED -> settled(new Outcome.Cancelled(), usage, false);
            case TIMED_OUT -> settled(timedOut(), usage, false);
            case SHUTDOWN -> new Ending.HandedBack(attempt.key());
        };
    }

    private Outcome.Failed timedOut() {
        TaskError error = TaskError.of(
                ErrorCode.TIMEOUT, "Expected " + attempt.key() + " to end within " + limitMs + " ms, but it did not");
        return new Outcome.Failed(error, true, null);
    }

    private Ending settled(Outcome.Result result, @Nullable Usage usage, boolean simulated) {
        long endedAt = Math.max(startedAt, clock.millis());
        return new Ending.Settled(new Outcome(
                attempt.key(), attempt.attempt(), attempt.delivery(), startedAt, endedAt, result, usage, simulated));
    }
}
