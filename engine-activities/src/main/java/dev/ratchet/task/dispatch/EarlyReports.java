package dev.ratchet.task.dispatch;

import dev.ratchet.run.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Decides when settled attempts are told to the run although others still run: one second after they settled, at once after
 * a failure, and at most once a second. Times are those of {@link System#nanoTime}. Not thread-safe.
 */
final class EarlyReports {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final List<Outcome> unsent = new ArrayList<>();
    private long due;
    private long lastSent;

    EarlyReports(long now) {
        this.lastSent = now - SECOND;
    }

    void settled(Outcome outcome, long now) {
        long wanted = outcome.result() instanceof Outcome.Failed ? now : now + SECOND;
        due = unsent.isEmpty() ? wanted : earlier(due, wanted);
        unsent.add(outcome);
    }

    /** What is to be sent now, as much of it as one message holds; empty when nothing is due. */
    List<Outcome> due(long now) {
        return nanosLeft(now) > 0 ? List.of() : MessageSize.fittingOrFirst(unsent);
    }

    /** These were sent. */
    void sent(List<Outcome> outcomes, long now) {
        unsent.subList(0, outcomes.size()).clear();
        lastSent = now;
        due = now + SECOND;
    }

    /** Nanoseconds until something is due; at least a second while nothing is settled. */
    long nanosLeft(long now) {
        return unsent.isEmpty() ? SECOND : Math.max(due - now, lastSent + SECOND - now);
    }

    private static long earlier(long one, long other) {
        return one - other < 0 ? one : other;
    }
}
