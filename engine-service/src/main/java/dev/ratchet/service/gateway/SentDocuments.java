package dev.ratchet.service.gateway;

import com.google.protobuf.ByteString;
import dev.ratchet.run.Value;
import dev.ratchet.workflow.RunStart;
import io.temporal.api.enums.v1.HistoryEventFilterType;
import io.temporal.api.history.v1.HistoryEvent;

/** Documents as they were sent: in the first event of every execution of a run. */
final class SentDocuments {
    private final TemporalRpc rpc;

    SentDocuments(TemporalRpc rpc) {
        this.rpc = rpc;
    }

    Value of(RunId run) {
        HistoryEvent first = rpc.history(
                        run.workflowId(),
                        "",
                        ByteString.EMPTY,
                        HistoryEventFilterType.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT,
                        false,
                        1)
                .getHistory()
                .getEvents(0);
        RunStart start =
                rpc.value(first.getWorkflowExecutionStartedEventAttributes().getInput(), RunStart.class);
        if (start == null) {
            throw TemporalProblems.runNotFound(run);
        }
        return start.document();
    }
}
