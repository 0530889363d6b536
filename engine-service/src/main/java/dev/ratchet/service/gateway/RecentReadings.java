package dev.ratchet.service.gateway;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.ratchet.workflow.SnapshotRequest;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What living runs told lately. All that a run tells follows from its history, so a reading is as good as new while the
 * history is no longer than it was before the run was asked: whoever polls a run that waits costs its worker nothing.
 * Thread-safe.
 */
final class RecentReadings {
    /** In tasks; what a reading holds beside them weighs as much as these. */
    private static final int BESIDE_TASKS = 50;

    private static final int MAX_TASKS = 20_000;
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final Cache<Wish, Reading> readings = CacheBuilder.newBuilder()
            .maximumWeight(MAX_TASKS)
            .weigher((Wish wish, Reading reading) ->
                    BESIDE_TASKS + reading.told().tasks().size())
            .expireAfterAccess(KEPT)
            .build();

    /** How long the history of an execution is. */
    record Position(String execution, long length) {
        static Position of(WorkflowExecutionInfo info) {
            return new Position(info.getExecution().getRunId(), info.getHistoryLength());
        }
    }

    private record Wish(String workflowId, SnapshotRequest wanted) {}

    private record Reading(Position before, RunReading.Told told) {}

    /** What the run told when it was asked for the same, if nothing has happened since. */
    RunReading.@Nullable Told find(String workflowId, SnapshotRequest wanted, Position now) {
        Reading reading = readings.getIfPresent(new Wish(workflowId, wanted));
        return reading == null || !reading.before().equals(now) ? null : reading.told();
    }

    /** @param before where the history stood before the run was asked */
    void keep(String workflowId, SnapshotRequest wanted, Position before, RunReading.Told told) {
        readings.put(new Wish(workflowId, wanted), new Reading(before, told));
    }
}
