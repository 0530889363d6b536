package dev.ratchet.service.gateway;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.protobuf.ByteString;
import com.google.protobuf.util.Timestamps;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Json;
import dev.ratchet.document.Weight;
import dev.ratchet.run.RunRecord;
import dev.ratchet.run.RunStatus;
import dev.ratchet.run.TaskError;
import dev.ratchet.task.blob.BlobStore;
import dev.ratchet.workflow.Snapshot;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.enums.v1.HistoryEventFilterType;
import io.temporal.api.history.v1.HistoryEvent;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs that have ended, answered from their results: no worker replays them. Kept for a while. Thread-safe. */
final class ClosedRuns {
    private static final int MAX_BYTES = 32 * 1024 * 1024;
    /** What a replayed run is taken to weigh; its result has no size, for it has none. */
    private static final int REPLAYED_BYTES = 1024 * 1024;

    private static final Duration KEPT = Duration.ofMinutes(10);

    private final TemporalRpc rpc;
    private final LastKnown lastKnown;
    private final BlobStore blobs;
    private final Cache<String, Ended> ended = CacheBuilder.newBuilder()
            .maximumWeight(MAX_BYTES)
            .weigher((String id, Ended run) -> run.bytes())
            .expireAfterWrite(KEPT)
            .build();

    ClosedRuns(TemporalRpc rpc, LastKnown lastKnown, BlobStore blobs) {
        this.blobs = blobs;
        this.rpc = rpc;
        this.lastKnown = lastKnown;
    }

    /** The last snapshot, if the run is known to have ended. */
    @Nullable
    Snapshot known(String workflowId) {
        Ended run = ended.getIfPresent(workflowId);
        return run == null ? null : run.snapshot();
    }

    /** Takes note of the last event of a run; only of one that ended by itself, for others may be reset. */
    void remember(String workflowId, HistoryEvent last) {
        if (last.hasWorkflowExecutionCompletedEventAttributes()) {
            var ignored = completed(workflowId, last);
        }
    }

    /**
     * The last snapshot of a run that is not open. A run that an operator ended reads as failed, its tasks as last known.
     *
     * @return null when nobody can say, or when the run goes on after all
     */
    @Nullable
    Snapshot load(String workflowId) {
        List<HistoryEvent> events = rpc.history(
                        workflowId,
                        "",
                        ByteString.EMPTY,
                        HistoryEventFilterType.HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT,
                        false)
                .getHistory()
                .getEventsList();
        if (events.isEmpty() || !RunEnd.isEnd(events.get(events.size() - 1))) {
            return null;
        }
        HistoryEvent last = events.get(events.size() - 1);
        return last.hasWorkflowExecutionCompletedEventAttributes()
                ? completed(workflowId, last)
                : endedFromOutside(workflowId, last);
    }

    private @Nullable Snapshot completed(String workflowId, HistoryEvent last) {
        Payloads result = last.getWorkflowExecutionCompletedEventAttributes().getResult();
        Snapshot snapshot = rpc.value(result, Snapshot.class);
        if (snapshot == null) {
            return null;
        }
        Snapshot whole = whole(snapshot);
        ended.put(workflowId, new Ended(whole, weight(snapshot, whole, result)));
        return whole;
    }

    /** A snapshot that was too large for a result is where its reference says. */
    private Snapshot whole(Snapshot result) {
        return result.stored() == null
                ? result
                : Json.mapper().convertValue(blobs.getJson(result.stored()), Snapshot.class);
    }

    private static int weight(Snapshot result, Snapshot whole, Payloads payloads) {
        return whole == result ? payloads.getSerializedSize() : Math.toIntExact(Weight.of(whole));
    }

    private @Nullable Snapshot endedFromOutside(String workflowId, HistoryEvent last) {
        List<HistoryEvent> events = rpc.wholeHistory(workflowId);
        Snapshot unbegun = new Unbegun(rpc).of(events);
        Snapshot known = unbegun == null ? lastKnown.of(workflowId, events) : unbegun;
        if (known == null) {
            return null;
        }
        Snapshot ending = known.run().state().isTerminal()
                ? known
                : failed(
                        known,
                        Timestamps.toMillis(last.getEventTime()),
                        TaskError.of(
                                ErrorCode.SCHEDULER_ERROR,
                                "Expected the run to end by itself, but its execution was ended in Temporal"));
        ended.put(workflowId, new Ended(ending, REPLAYED_BYTES));
        return ending;
    }

    /** A run that did not end by itself, as failed; its tasks are as last known. */
    static Snapshot failed(Snapshot known, long endedAt, TaskError error) {
        RunRecord run = known.run();
        RunRecord failed = new RunRecord(
                RunStatus.FAILED,
                run.version() + 1,
                run.revision(),
                run.startedAt(),
                endedAt,
                endedAt,
                error,
                null,
                run.usage(),
                run.budgetLimit(),
                null,
                run.presumed(),
                null,
                run.batches());
        return new Snapshot(
                failed, known.tasks(), known.pages(), known.plan(), known.facts(), known.revisions(), known.audit());
    }

    /** A run that has ended, and the size of its result. */
    private record Ended(Snapshot snapshot, int bytes) {}
}
