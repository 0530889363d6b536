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
    private volatile boolean hasBegun;

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
        hasBegun = true;
        Future<?> timeout = Timeouts.after(limitMs, () -> stop(Stop.TIMED_OUT));
        try {
            ending.complete(stops.enter() ? carried() : neverBegun(stops.leave()));
        } finally {
            timeout.cancel(false);
        }
    }

    private Ending carried() {
        try {
            Carrying.Product product = work.carryOut();
            Stop why = stops.leave();
            return why == Stop.TIMED_OUT ? stopped(why, known(product)) : completed(product);
        } catch (Throwable thrown) {
            Stop why = stops.leave();
            return why == null ? failed(work.understand(thrown)) : stopped(why, usageOf(thrown));
        }
    }

    /** What the executor says of an attempt that was stopped; absent when it does not: it may have cost all it could. */
    private static @Nullable Usage usageOf(Throwable thrown) {
        return thrown instanceof TaskFailure failure ? failure.usage() : null;
    }

    private static Usage known(Carrying.Product product) {
        Usage usage = product.usage();
        return usage == null ? Usage.NONE : usage;
    }

    /** The stop came before the work did: nothing was used, and another worker may begin with it. */
    private Ending neverBegun(@Nullable Stop why) {
        return why == null || why == Stop.SHUTDOWN ? new Ending.HandedBack(attempt.key()) : stopped(why, Usage.NONE);
    }

    private void abandon(Stop why) {
        if (ending.complete(hasBegun ? stopped(why, null) : neverBegun(why))) {
            LOG.warn("Expected the executor of task {} to stop when told to ({}), but it runs on", attempt.key(), why);
        }
    }

    private Ending completed(Carrying.Product product) {
        return settled(product.completed(), product.usage(), product.simulated(), false);
    }

    private Ending failed(TaskFailure failure) {
        return settled(
                new Outcome.Failed(failure.error(), failure.isRetryable(), failure.retryAfterMs()),
                unlessNone(failure.usage()),
                false,
                failure.isCostUnknown());
    }

    /** @param usage absent when nobody knows it */
    private Ending stopped(@Nullable Stop why, @Nullable Usage usage) {
        Outcome.Result result = switch (why == null ? Stop.SHUTDOWN : why) {
            case CANCELLED -> new Outcome.Cancelled();
            case TIMED_OUT -> timedOut();
            case SHUTDOWN -> new Outcome.Interrupted();
        };
        return settled(result, unlessNone(usage), false, usage == null);
    }

    private static @Nullable Usage unlessNone(@Nullable Usage usage) {
        return usage == null || usage.isNone() ? null : usage;
    }

    private Outcome.Failed timedOut() {
        TaskError error = TaskError.of(
                ErrorCode.TIMEOUT, "Expected " + attempt.key() + " to end within " + limitMs + " ms, but it did not");
        return new Outcome.Failed(error, true, null);
    }

    private Ending settled(Outcome.Result result, @Nullable Usage usage, boolean simulated, boolean unknown) {
        long endedAt = Math.max(startedAt, clock.millis());
        return new Ending.Settled(new Outcome(
                attempt.key(),
                attempt.attempt(),
                attempt.delivery(),
                startedAt,
                endedAt,
                result,
                usage,
                simulated,
                unknown));
    }
}
