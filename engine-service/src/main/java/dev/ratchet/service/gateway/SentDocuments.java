package dev.ratchet.service.gateway;

import com.google.protobuf.ByteString;
import dev.ratchet.run.Value;
import dev.ratchet.service.problem.ProblemCode;
import dev.ratchet.service.problem.ProblemException;
import dev.ratchet.workflow.RunStart;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.HistoryEventFilterType;
import io.temporal.api.history.v1.HistoryEvent;
import java.time.Duration;

/** Documents as they were sent: in the first event of every execution of a run. */
final class SentDocuments {
    private final TemporalRpc rpc;

    SentDocuments(TemporalRpc rpc) {
        this.rpc = rpc;
    }

    Value of(RunId run) {
        return start(run).document();
    }

    /**
     * The document of a run that has not been patched.
     *
     * @throws ProblemException when it may have been: then a worker must tell
     */
    Value unpatched(RunId run) {
        RunStart start = start(run);
        boolean patched = start.carried() != null
                || rpc.wholeHistory(run.workflowId()).stream()
                        .anyMatch(event ->
                                event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED);
        if (patched) {
            throw ProblemException.passing(
                    ProblemCode.OVERLOADED,
                    "Expected a worker to tell how the graph of run " + run.id() + " stands, but none answers",
                    Duration.ofSeconds(2),
                    null);
        }
        return start.document();
    }

    private RunStart start(RunId run) {
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
        return start;
    }
}
