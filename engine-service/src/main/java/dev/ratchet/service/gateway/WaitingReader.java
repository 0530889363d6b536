package dev.ratchet.service.gateway;

import dev.ratchet.service.live.ChangeFeed;
import dev.ratchet.service.live.ChangeFeeds;
import dev.ratchet.service.live.EndWatchers;
import dev.ratchet.workflow.SnapshotRequest;
import java.util.concurrent.TimeUnit;

/** Reads runs when there is something to read: a change, or the end. */
final class WaitingReader {
    private final RunReader reader;
    private final ClosedRuns closed;
    private final ChangeFeeds changes;
    private final EndWatchers ends;

    WaitingReader(RunReader reader, ClosedRuns closed, ChangeFeeds changes, EndWatchers ends) {
        this.reader = reader;
        this.closed = closed;
        this.changes = changes;
        this.ends = ends;
    }

    RunReading read(RunId run, ReadWish wish) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(wish.waitMs());
        if (!wish.waits()) {
            return reader.glance(run, wish.request());
        }
        return switch (wish.until()) {
            case CHANGE -> changed(run, wish, deadline);
            case TERMINAL -> ended(run, wish.request(), deadline);
            case NOW -> reader.read(run, wish.request());
        };
    }

    private RunReading ended(RunId run, SnapshotRequest request, long deadline) throws InterruptedException {
        if (closed.known(run.workflowId()) == null) {
            var ignored = ends.await(run.workflowId(), deadline);
        }
        return reader.read(run, request);
    }

    private RunReading changed(RunId run, ReadWish wish, long deadline) throws InterruptedException {
        while (true) {
            ChangeFeed feed = changes.of(run.workflowId());
            long seen = feed.count();
            RunReading reading = reader.read(run, wish.request());
            if (hasChanged(reading, wish.since()) || !feed.awaitAfter(seen, deadline)) {
                return reading;
            }
        }
    }

    private static boolean hasChanged(RunReading reading, long since) {
        return reading.isTerminal()
                || reading instanceof RunReading.Told told && told.record().version() > since;
    }
}
