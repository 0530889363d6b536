package dev.ratchet.acceptance;

import com.google.protobuf.util.Timestamps;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.History;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryResponse;
import io.temporal.api.workflowservice.v1.TerminateWorkflowExecutionRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.util.ArrayList;
import java.util.List;

/** The chain of Temporal executions behind a run, read from Temporal itself. */
record Executions(List<History> chain) {
    /** Ends a run as an operator of Temporal may. */
    static void terminate(RunHandle run, String temporal) {
        WorkflowServiceStubs service = WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(temporal).build());
        try {
            var ignored = service.blockingStub()
                    .terminateWorkflowExecution(TerminateWorkflowExecutionRequest.newBuilder()
                            .setNamespace("default")
                            .setWorkflowExecution(WorkflowExecution.newBuilder().setWorkflowId("default/" + run.id()))
                            .build());
        } finally {
            service.shutdownNow();
        }
    }

    /** @param temporal {@code host:port} */
    static Executions of(RunHandle run, String temporal) {
        WorkflowServiceStubs service = WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(temporal).build());
        try {
            List<History> chain = new ArrayList<>();
            String execution = "";
            do {
                History history = history(service, "default/" + run.id(), execution);
                chain.addFirst(history);
                execution = history.getEvents(0)
                        .getWorkflowExecutionStartedEventAttributes()
                        .getContinuedExecutionRunId();
            } while (!execution.isEmpty());
            return new Executions(chain);
        } finally {
            service.shutdownNow();
        }
    }

    private static History history(WorkflowServiceStubs service, String workflow, String execution) {
        History.Builder whole = History.newBuilder();
        GetWorkflowExecutionHistoryRequest.Builder request = GetWorkflowExecutionHistoryRequest.newBuilder()
                .setNamespace("default")
                .setExecution(
                        WorkflowExecution.newBuilder().setWorkflowId(workflow).setRunId(execution));
        GetWorkflowExecutionHistoryResponse page;
        do {
            page = service.blockingStub().getWorkflowExecutionHistory(request.build());
            whole.mergeFrom(page.getHistory());
            request.setNextPageToken(page.getNextPageToken());
        } while (!page.getNextPageToken().isEmpty());
        return whole.build();
    }

    int size() {
        return chain.size();
    }

    long bytes() {
        return chain.stream().mapToLong(History::getSerializedSize).sum();
    }

    /** Bytes of the largest event. The server ends runs that have one of 2 MB, and warns from 256 KB on. */
    int largestEvent() {
        return chain.stream()
                .flatMap(history -> history.getEventsList().stream())
                .mapToInt(HistoryEvent::getSerializedSize)
                .max()
                .orElseThrow();
    }

    /** The inputs with which each but the first began, in bytes. */
    List<Integer> carried() {
        return chain.stream()
                .skip(1)
                .map(history -> history.getEvents(0)
                        .getWorkflowExecutionStartedEventAttributes()
                        .getInput()
                        .getSerializedSize())
                .toList();
    }

    /** How often something happened in all of them. */
    long count(EventType type) {
        return chain.stream()
                .flatMap(history -> history.getEventsList().stream())
                .filter(event -> event.getEventType() == type)
                .count();
    }

    /** Epoch milliseconds at which each but the first began. */
    List<Long> renewals() {
        return chain.stream()
                .skip(1)
                .map(history -> Timestamps.toMillis(history.getEvents(0).getEventTime()))
                .toList();
    }
}
