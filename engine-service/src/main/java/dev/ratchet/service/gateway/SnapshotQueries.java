package dev.ratchet.service.gateway;

import dev.ratchet.workflow.Snapshot;
import dev.ratchet.workflow.SnapshotRequest;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Lets reads of a run share queries. A read may share only a query that is sent after the read arrived, else it could
 * miss what its caller already knows; so while one query is under way, all that arrive wait for the next. Thread-safe.
 */
final class SnapshotQueries {
    private final BiFunction<String, SnapshotRequest, QueryAnswer<Snapshot>> query;
    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();

    /** @param query sends one query for (workflow id, request) and waits for its answer */
    SnapshotQueries(BiFunction<String, SnapshotRequest, QueryAnswer<Snapshot>> query) {
        this.query = query;
    }

    /** An answer that holds at least what was asked for; it may hold more. */
    CompletableFuture<QueryAnswer<Snapshot>> read(String workflowId, SnapshotRequest wanted) {
        CompletableFuture<QueryAnswer<Snapshot>> answer = new CompletableFuture<>();
        lanes.compute(workflowId, (id, present) -> {
            Lane lane = present == null ? new Lane() : present;
            lane.join(wanted, answer);
            if (present == null) {
                Thread.ofVirtual().name("query " + id).start(() -> send(id));
            }
            return lane;
        });
        return answer;
    }

    private void send(String workflowId) {
        for (Batch batch = take(workflowId); batch != null; batch = take(workflowId)) {
            batch.completeWith(query, workflowId);
        }
    }

    /** The reads that wait now; the lane ends when there are none. */
    private @Nullable Batch take(String workflowId) {
        Batch[] taken = new Batch[1];
        lanes.computeIfPresent(workflowId, (id, lane) -> {
            taken[0] = lane.waiting;
            lane.waiting = null;
            return taken[0] == null ? null : lane;
        });
        return taken[0];
    }

    /** The reads of one run; guarded by the map's entry. */
    private static final class Lane {
        private @Nullable Batch waiting;

        void join(SnapshotRequest wanted, CompletableFuture<QueryAnswer<Snapshot>> answer) {
            waiting = waiting == null ? new Batch(wanted) : waiting.merge(wanted);
            waiting.shareWith(answer);
        }
    }

    /** Reads that share one query. */
    private record Batch(SnapshotRequest wanted, CompletableFuture<QueryAnswer<Snapshot>> answer) {
        Batch(SnapshotRequest wanted) {
            this(wanted, new CompletableFuture<>());
        }

        Batch merge(SnapshotRequest other) {
            return new Batch(wanted.or(other), answer);
        }

        void shareWith(CompletableFuture<QueryAnswer<Snapshot>> reader) {
            answer.whenComplete((value, error) -> {
                if (error == null) {
                    reader.complete(value);
                } else {
                    reader.completeExceptionally(error);
                }
            });
        }

        void completeWith(BiFunction<String, SnapshotRequest, QueryAnswer<Snapshot>> query, String workflowId) {
            try {
                answer.complete(query.apply(workflowId, wanted));
            } catch (RuntimeException failed) {
                answer.completeExceptionally(failed);
            }
        }
    }
}
