package dev.ratchet.service.gateway;

import com.google.protobuf.ByteString;
import dev.ratchet.service.live.RunHistory;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.HistoryEventFilterType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Histories in Temporal, followed across continue-as-new. */
final class TemporalHistory implements RunHistory {
    private final TemporalRpc rpc;
    private final ClosedRuns closed;

    TemporalHistory(TemporalRpc rpc, ClosedRuns closed) {
        this.rpc = rpc;
        this.closed = closed;
    }

    @Override
    public Page next(String workflowId, @Nullable Position position) {
        return read(workflowId, position, HistoryEventFilterType.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT);
    }

    @Override
    public Page end(String workflowId, @Nullable Position position) {
        return read(workflowId, position, HistoryEventFilterType.HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT);
    }

    private Page read(String workflowId, @Nullable Position at, HistoryEventFilterType filter) {
        Position from = at == null ? new Position("", ByteString.EMPTY) : at;
        GetWorkflowExecutionHistoryResponse page =
                rpc.history(workflowId, from.execution(), from.token(), filter, true);
        List<HistoryEvent> events = page.getHistory().getEventsList();
        HistoryEvent last = events.isEmpty() ? HistoryEvent.getDefaultInstance() : events.get(events.size() - 1);
        if (last.hasWorkflowExecutionContinuedAsNewEventAttributes()) {
            String next =
                    last.getWorkflowExecutionContinuedAsNewEventAttributes().getNewExecutionRunId();
            return new Page(new Position(next, ByteString.EMPTY), true, false);
        }
        if (RunEnd.isEnd(last)) {
            closed.remember(workflowId, last);
            return new Page(from, true, true);
        }
        return new Page(
                new Position(from.execution(), page.getNextPageToken()),
                events.stream().anyMatch(TemporalHistory::mayChangeTheRun),
                false);
    }

    /** Only what a workflow task decided changes a run. */
    private static boolean mayChangeTheRun(HistoryEvent event) {
        return event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED;
    }
}
