package dev.ratchet.service.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import dev.ratchet.run.Value;
import dev.ratchet.service.problem.ProblemCode;
import dev.ratchet.service.problem.ProblemException;
import dev.ratchet.task.blob.BlobStore;
import dev.ratchet.workflow.RunStart;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.enums.v1.HistoryEventFilterType;
import io.temporal.api.history.v1.HistoryEvent;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Documents as Temporal has them, which needs no worker: in the first event of every execution of a run, and in its patches. */
final class SentDocuments {
    private static final Duration SOON = Duration.ofSeconds(2);

    private final TemporalRpc rpc;
    private final BlobStore blobs;

    SentDocuments(TemporalRpc rpc, BlobStore blobs) {
        this.rpc = rpc;
        this.blobs = blobs;
    }

    /** The submitted one. */
    Value of(RunId run) {
        List<HistoryEvent> first = rpc.history(
                        run.workflowId(),
                        "",
                        ByteString.EMPTY,
                        HistoryEventFilterType.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT,
                        false,
                        1)
                .getHistory()
                .getEventsList();
        return start(run, first).document();
    }

    /**
     * That of a revision.
     *
     * @param revision absent for the last
     * @throws ProblemException when a patch is under way that no worker has decided on
     */
    Value of(RunId run, @Nullable Integer revision) {
        List<HistoryEvent> events = rpc.wholeHistory(run.workflowId());
        List<Value> documents = RecordedDocuments.of(start(run, events), events, new Recorded())
                .orElseThrow(() -> ProblemException.passing(
                        ProblemCode.OVERLOADED,
                        "Expected a worker to decide on a patch of run " + run.id() + ", but none answers",
                        SOON,
                        null));
        int wanted = revision == null ? documents.size() : revision;
        Revisions.check(wanted, documents.size());
        return documents.get(wanted - 1);
    }

    private RunStart start(RunId run, List<HistoryEvent> events) {
        RunStart start = rpc.value(
                events.getFirst().getWorkflowExecutionStartedEventAttributes().getInput(), RunStart.class);
        if (start == null) {
            throw TemporalProblems.runNotFound(run);
        }
        return start;
    }

    private final class Recorded implements RecordedDocuments.Reader {
        @Override
        public <T> @Nullable T value(Payloads payloads, Class<T> type) {
            return rpc.value(payloads, type);
        }

        @Override
        public JsonNode stored(String ref) {
            return blobs.getJson(ref);
        }
    }
}
