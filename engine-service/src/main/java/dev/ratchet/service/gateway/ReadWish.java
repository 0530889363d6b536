package dev.ratchet.service.gateway;

import dev.ratchet.workflow.SnapshotRequest;

/**
 * What a reader wants of a run, and how long it would wait for that.
 *
 * @param since only tasks that changed after this version; 0 for all. With {@code CHANGE}, the version to get past
 * @param waitMs 0 for an answer at once
 */
public record ReadWish(Until until, long waitMs, long since, boolean tasks) {
    /** The run as it is now, with all its tasks. */
    public static final ReadWish NOW = new ReadWish(Until.NOW, 0, 0, true);

    /** What a reader waits for. */
    public enum Until {
        NOW,
        CHANGE,
        TERMINAL
    }

    SnapshotRequest request() {
        return new SnapshotRequest(since, tasks);
    }

    boolean waits() {
        return waitMs > 0 && until != Until.NOW;
    }
}
