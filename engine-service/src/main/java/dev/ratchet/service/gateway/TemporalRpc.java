package dev.ratchet.service.gateway;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.Memo;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.HistoryEventFilterType;
import io.temporal.api.enums.v1.QueryRejectCondition;
import io.temporal.api.enums.v1.UpdateWorkflowExecutionLifecycleStage;
import io.temporal.api.errordetails.v1.NamespaceNotFoundFailure;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.query.v1.WorkflowQuery;
import io.temporal.api.update.v1.Input;
import io.temporal.api.update.v1.Meta;
import io.temporal.api.update.v1.Request;
import io.temporal.api.update.v1.WaitPolicy;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryResponse;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryReverseRequest;
import io.temporal.api.workflowservice.v1.QueryWorkflowRequest;
import io.temporal.api.workflowservice.v1.QueryWorkflowResponse;
import io.temporal.api.workflowservice.v1.SignalWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.UpdateWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.UpdateWorkflowExecutionResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.client.WorkflowClient;
import io.temporal.common.converter.DataConverter;
import io.temporal.serviceclient.StatusUtils;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Single calls to Temporal, each with its own deadline and without the SDK's retries: a reader would rather hear soon
 * that nobody answers. Throws {@link StatusRuntimeException}. Thread-safe.
 */
final class TemporalRpc {
    private static final Duration SHORT = Duration.ofSeconds(5);
    private static final Duration UPDATE = Duration.ofSeconds(10);
    private static final UpdateWorkflowExecutionLifecycleStage COMPLETED =
            UpdateWorkflowExecutionLifecycleStage.UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_COMPLETED;
    /** Temporal ends an empty long poll after 20 seconds. */
    private static final Duration LONG_POLL = Duration.ofSeconds(40);

    private final WorkflowClient client;
    private final DataConverter converter;
    private final String namespace;
    private final Duration queryDeadline;

    TemporalRpc(WorkflowClient client, Duration queryDeadline) {
        this.client = client;
        this.converter = client.getOptions().getDataConverter();
        this.namespace = client.getOptions().getNamespace();
        this.queryDeadline = queryDeadline;
    }

    /** Asks an open execution; a closed one is not asked, for a worker would have to replay it. */
    <T> QueryAnswer<T> query(String workflowId, String type, Object argument, Class<T> answer) {
        return query(workflowId, type, argument, answer, QueryRejectCondition.QUERY_REJECT_CONDITION_NOT_OPEN);
    }

    /** Asks also a closed execution, which a worker replays for it. */
    <T> QueryAnswer<T> queryEven(String workflowId, String type, Object argument, Class<T> answer) {
        return query(workflowId, type, argument, answer, QueryRejectCondition.QUERY_REJECT_CONDITION_NONE);
    }

    private <T> QueryAnswer<T> query(
            String workflowId, String type, Object argument, Class<T> answer, QueryRejectCondition reject) {
        QueryWorkflowRequest request = QueryWorkflowRequest.newBuilder()
                .setNamespace(namespace)
                .setExecution(execution(workflowId, ""))
                .setQuery(WorkflowQuery.newBuilder().setQueryType(type).setQueryArgs(payloads(argument)))
                .setQueryRejectCondition(reject)
                .build();
        try {
            QueryWorkflowResponse response = stub(queryDeadline).queryWorkflow(request);
            return response.hasQueryRejected()
                    ? new QueryAnswer.Closed<>()
                    : new QueryAnswer.Answered<>(value(response.getQueryResult(), answer));
        } catch (StatusRuntimeException failed) {
            return silence(failed);
        }
    }

    /** No answer came from a worker; anything else is Temporal's own failure. */
    private static <T> QueryAnswer<T> silence(StatusRuntimeException failed) {
        return switch (failed.getStatus().getCode()) {
            case NOT_FOUND, UNAVAILABLE, RESOURCE_EXHAUSTED, PERMISSION_DENIED, UNAUTHENTICATED -> throw failed;
            default ->
                new QueryAnswer.Silent<>(String.valueOf(failed.getStatus().getDescription()));
        };
    }

    WorkflowExecutionInfo describe(String workflowId) {
        return stub(SHORT)
                .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                        .setNamespace(namespace)
                        .setExecution(execution(workflowId, ""))
                        .build())
                .getWorkflowExecutionInfo();
    }

    /**
     * One page of history.
     *
     * @param token where the last page ended; empty for the beginning
     * @param wait whether to wait (about 20 s) for something new
     */
    GetWorkflowExecutionHistoryResponse history(
            String workflowId, String executionRunId, ByteString token, HistoryEventFilterType filter, boolean wait) {
        return history(workflowId, executionRunId, token, filter, wait, 0);
    }

    /** @param pageSize how many events at most; 0 for as many as Temporal likes */
    GetWorkflowExecutionHistoryResponse history(
            String workflowId,
            String executionRunId,
            ByteString token,
            HistoryEventFilterType filter,
            boolean wait,
            int pageSize) {
        return stub(wait ? LONG_POLL : SHORT)
                .getWorkflowExecutionHistory(GetWorkflowExecutionHistoryRequest.newBuilder()
                        .setNamespace(namespace)
                        .setExecution(execution(workflowId, executionRunId))
                        .setNextPageToken(token)
                        .setHistoryEventFilterType(filter)
                        .setWaitNewEvent(wait)
                        .setMaximumPageSize(pageSize)
                        .build());
    }

    /** All events of the current execution. */
    List<HistoryEvent> wholeHistory(String workflowId) {
        List<HistoryEvent> events = new ArrayList<>();
        ByteString token = ByteString.EMPTY;
        do {
            GetWorkflowExecutionHistoryResponse page =
                    history(workflowId, "", token, HistoryEventFilterType.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT, false);
            events.addAll(page.getHistory().getEventsList());
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        return events;
    }

    /** The last events of the current execution, the very last first. */
    List<HistoryEvent> lastEvents(String workflowId, int most) {
        return stub(SHORT)
                .getWorkflowExecutionHistoryReverse(GetWorkflowExecutionHistoryReverseRequest.newBuilder()
                        .setNamespace(namespace)
                        .setExecution(execution(workflowId, ""))
                        .setMaximumPageSize(most)
                        .build())
                .getHistory()
                .getEventsList();
    }

    /** @param requestId a request id that Temporal has seen before for this execution is a no-op */
    void signal(String workflowId, String signal, Object argument, String requestId) {
        var ignored = stub(SHORT)
                .signalWorkflowExecution(SignalWorkflowExecutionRequest.newBuilder()
                        .setNamespace(namespace)
                        .setWorkflowExecution(execution(workflowId, ""))
                        .setSignalName(signal)
                        .setInput(payloads(argument))
                        .setRequestId(requestId)
                        .build());
    }

    /**
     * Has an open execution take an update, and waits until it has.
     *
     * @param id an id that Temporal has seen before for this execution is the same update, with the same answer
     * @return null when there is no open execution
     * @throws StatusRuntimeException with {@code RESOURCE_EXHAUSTED} when the execution has too many at the moment, with
     *     {@code DEADLINE_EXCEEDED} when no worker takes it
     */
    <T> @Nullable T update(String workflowId, String name, Object argument, String id, Class<T> answer) {
        UpdateWorkflowExecutionRequest request = UpdateWorkflowExecutionRequest.newBuilder()
                .setNamespace(namespace)
                .setWorkflowExecution(execution(workflowId, ""))
                .setWaitPolicy(WaitPolicy.newBuilder().setLifecycleStage(COMPLETED))
                .setRequest(Request.newBuilder()
                        .setMeta(Meta.newBuilder().setUpdateId(id))
                        .setInput(Input.newBuilder().setName(name).setArgs(payloads(argument))))
                .build();
        try {
            UpdateWorkflowExecutionResponse response = stub(UPDATE).updateWorkflowExecution(request);
            if (!response.hasOutcome()) {
                throw Status.DEADLINE_EXCEEDED.asRuntimeException();
            }
            if (response.getOutcome().hasFailure()) {
                throw Status.RESOURCE_EXHAUSTED
                        .withDescription(response.getOutcome().getFailure().getMessage())
                        .asRuntimeException();
            }
            return value(response.getOutcome().getSuccess(), answer);
        } catch (StatusRuntimeException failed) {
            if (isNotFound(failed)) {
                return null;
            }
            throw failed;
        }
    }

    /** Fails when Temporal does not answer, or the namespace is not there. */
    void ping() {
        var ignored = stub(SHORT)
                .describeNamespace(DescribeNamespaceRequest.newBuilder()
                        .setNamespace(namespace)
                        .build());
    }

    /** Reads what a workflow or query returned. */
    <T> @Nullable T value(Payloads payloads, Class<T> type) {
        return converter.fromPayloads(0, Optional.of(payloads), type, (Type) type);
    }

    /** Reads an entry of a memo. */
    <T> @Nullable T memo(Memo memo, String name, Class<T> type) {
        Payload payload = memo.getFieldsMap().get(name);
        return payload == null ? null : converter.fromPayload(payload, type, type);
    }

    private Payloads payloads(Object argument) {
        return converter.toPayloads(argument).orElse(Payloads.getDefaultInstance());
    }

    private WorkflowServiceBlockingStub stub(Duration deadline) {
        return client.getWorkflowServiceStubs()
                .blockingStub()
                .withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static WorkflowExecution execution(String workflowId, String executionRunId) {
        return WorkflowExecution.newBuilder()
                .setWorkflowId(workflowId)
                .setRunId(executionRunId)
                .build();
    }

    /** Whether there is no such execution; a namespace that is not there is Temporal's trouble, not the caller's. */
    static boolean isNotFound(StatusRuntimeException failed) {
        return failed.getStatus().getCode() == Status.Code.NOT_FOUND
                && !StatusUtils.hasFailure(failed, NamespaceNotFoundFailure.class);
    }
}
