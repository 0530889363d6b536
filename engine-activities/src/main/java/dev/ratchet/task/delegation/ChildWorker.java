package dev.ratchet.task.delegation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.plan.Limits;
import dev.ratchet.run.Command;
import dev.ratchet.run.Request;
import dev.ratchet.run.Value;
import dev.ratchet.task.blob.BlobException;
import dev.ratchet.task.blob.BlobStore;
import dev.ratchet.task.blob.Values;
import dev.ratchet.task.execution.Executions;
import dev.ratchet.task.spi.TaskFailure;
import dev.ratchet.workflow.Cancellation;
import dev.ratchet.workflow.ChildActivity;
import dev.ratchet.workflow.Parent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowServiceException;
import io.temporal.failure.ApplicationFailure;
import java.util.Objects;

/** Starts and stops child runs. One instance serves a whole worker. Thread-safe. */
public final class ChildWorker implements ChildActivity {
    private static final String COMMAND = "command";

    private final WorkflowClient client;
    private final Values values;
    private final ChildStarter starter;

    public ChildWorker(WorkflowClient client, BlobStore blobs, ChildStarter starter) {
        this.client = client;
        this.values = new Values(blobs);
        this.starter = starter;
    }

    /** The parent may end while this goes on: then nobody would ever stop what nobody waits for. */
    @Override
    public Started start(Order order) {
        if (order.depth() > Limits.RUNS_WITHIN_RUNS) {
            throw ApplicationFailure.newNonRetryableFailure(
                    "Expected runs within runs at most " + Limits.RUNS_WITHIN_RUNS + " deep, but " + order.key()
                            + " is deeper",
                    ErrorCode.LIMIT_EXCEEDED.wire());
        }
        JsonNode prepared = prepared(order);
        boolean awaited = prepared.path("wait").asBoolean(true);
        boolean begun = start(order, prepared.path("graph"), awaited);
        if (awaited && begun && Executions.isClosed(client, order.parent().workflowId())) {
            stop(order);
        }
        Value detached =
                awaited ? null : Value.of(JsonNodeFactory.instance.objectNode().put("run_id", order.child()));
        return new Started(awaited && !begun && Executions.isClosed(client, workflowId(order)), detached);
    }

    @Override
    public void stop(Order order) {
        if (!starter.isChild(order.child(), parent(order, true))) {
            return;
        }
        String parent = order.parent().id();
        Command abort = new Command(
                "parent", "run " + parent, "The task " + order.key() + " is not wanted any more", new Request.Abort());
        try {
            client.newUntypedWorkflowStub(workflowId(order)).signal(COMMAND, abort);
        } catch (WorkflowNotFoundException ended) {
            // it has ended, or was never started: either way nothing goes on
        } catch (WorkflowServiceException full) {
            client.newUntypedWorkflowStub(workflowId(order)).cancel(Cancellation.reason(abort));
        }
    }

    private JsonNode prepared(Order order) {
        try {
            return values.load(Objects.requireNonNull(order.graph()), BlobStore.MAX_BYTES);
        } catch (BlobException unreadable) {
            throw ApplicationFailure.newFailure(unreadable.text(), ErrorCode.EXECUTION_FAILED.wire());
        }
    }

    private static Parent parent(Order order, boolean awaited) {
        return new Parent(
                order.parent().organization(),
                order.parent().id(),
                order.key(),
                order.attempt(),
                order.depth(),
                order.offspring(),
                awaited);
    }

    private boolean start(Order order, JsonNode document, boolean awaited) {
        try {
            return starter.start(document, order.child(), parent(order, awaited));
        } catch (TaskFailure refused) {
            throw ApplicationFailure.newNonRetryableFailure(
                    refused.error().message(), refused.error().code());
        }
    }

    private static String workflowId(Order order) {
        return order.parent().organization() + "/" + order.child();
    }
}
