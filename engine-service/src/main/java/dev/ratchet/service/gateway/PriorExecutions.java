package dev.ratchet.service.gateway;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Timestamps;
import dev.ratchet.workflow.ExecutionActivity;
import dev.ratchet.workflow.PlanSource;
import dev.ratchet.workflow.Reset;
import dev.ratchet.workflow.Snapshot;
import io.temporal.api.enums.v1.HistoryEventFilterType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads how runs ended, or stood, whose executions were reset in Temporal. Thread-safe. */
public final class PriorExecutions implements ExecutionActivity {
    private final TemporalRpc rpc;
    private final LastKnown lastKnown;

    public PriorExecutions(WorkflowClient client, PlanSource plans) {
        this.rpc = new TemporalRpc(client, Duration.ofSeconds(5));
        this.lastKnown = new LastKnown(client, plans);
    }

    @Override
    public @Nullable Snapshot end(String workflowId, String runId) {
        String execution = runId;
        HistoryEvent last = last(workflowId, execution);
        while (last.hasWorkflowExecutionContinuedAsNewEventAttributes()) {
            execution = last.getWorkflowExecutionContinuedAsNewEventAttributes().getNewExecutionRunId();
            last = last(workflowId, execution);
        }
        if (last.hasWorkflowExecutionCompletedEventAttributes()) {
            return rpc.value(last.getWorkflowExecutionCompletedEventAttributes().getResult(), Snapshot.class);
        }
        Snapshot known = RunEnd.isEnd(last) ? lastKnown.of(workflowId, rpc.wholeHistory(workflowId, execution)) : null;
        return known == null || known.run().state().isTerminal()
                ? known
                : ClosedRuns.failed(known, Timestamps.toMillis(last.getEventTime()), Reset.error(runId));
    }

    private HistoryEvent last(String workflowId, String execution) {
        var events = rpc.history(
                        workflowId,
                        execution,
                        ByteString.EMPTY,
                        HistoryEventFilterType.HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT,
                        false)
                .getHistory()
                .getEventsList();
        return events.isEmpty() ? HistoryEvent.getDefaultInstance() : events.get(events.size() - 1);
    }
}
