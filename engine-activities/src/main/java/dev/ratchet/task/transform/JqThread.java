package dev.ratchet.task.transform;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.jspecify.annotations.Nullable;

/**
 * Runs one evaluation on a thread of its own: with a stack that suits recursive programs, and with somebody who looks
 * at the clock from outside should a single step not come back.
 */
final class JqThread {
    private static final long STACK_BYTES = 32L * 1024 * 1024;
    /** How long a step that began within the limit may take to come back. */
    private static final long GRACE_MS = 2_000;

    private static final int MAX_STUCK = 4;
    private static final AtomicInteger STUCK = new AtomicInteger();
    private static final Semaphore PROCESSORS =
            new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()));

    private JqThread() {}

    /** The part that may run for long. */
    @FunctionalInterface
    interface Evaluation {
        void run() throws JsonQueryException;
    }

    static void run(Evaluation evaluation) throws JqException, InterruptedException {
        if (STUCK.get() >= MAX_STUCK) {
            throw new JqException(
                    "Expected jq programs that end, but " + MAX_STUCK + " of them still hold this worker");
        }
        PROCESSORS.acquire();
        try {
            runBounded(evaluation);
        } finally {
            PROCESSORS.release();
        }
    }

    private static void runBounded(Evaluation evaluation) throws JqException, InterruptedException {
        JqBounds bounds = new JqBounds();
        Body body = new Body(evaluation, bounds);
        Thread thread = new Thread(null, body, "jq", STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        try {
            thread.join(TimeUnit.NANOSECONDS.toMillis(JqBounds.WALL_NANOS) + GRACE_MS);
        } catch (InterruptedException e) {
            bounds.stop();
            throw e;
        }
        if (body.abandon()) {
            bounds.stop();
            throw new JqException(JqBounds.TOO_LONG);
        }
        if (body.reason != null) {
            throw new JqException(body.reason);
        }
    }

    private static final class Body implements Runnable {
        private final Evaluation evaluation;
        private final JqBounds bounds;
        private boolean done;
        private boolean abandoned;
        private volatile @Nullable String reason;

        Body(Evaluation evaluation, JqBounds bounds) {
            this.evaluation = evaluation;
            this.bounds = bounds;
        }

        @Override
        public void run() {
            try {
                bounds.watch(evaluation);
            } catch (JqBounds.Exceeded e) {
                reason = e.getMessage();
            } catch (StackOverflowError e) {
                reason = "Expected the jq program to end, but it calls itself too deeply";
            } catch (OutOfMemoryError e) {
                reason = "Expected the jq program to fit into memory, but it does not";
            } catch (Throwable e) {
                reason = "Expected the jq program to give a value, but " + JqException.brief(e);
            } finally {
                end();
            }
        }

        private synchronized void end() {
            done = true;
            if (abandoned) {
                STUCK.decrementAndGet();
            }
        }

        /** Gives up waiting, unless it ended after all. */
        synchronized boolean abandon() {
            if (!done) {
                abandoned = true;
                STUCK.incrementAndGet();
            }
            return abandoned;
        }
    }
}
