package dev.ratchet.service.gateway;

import dev.ratchet.document.Text;
import dev.ratchet.run.RunContext;
import dev.ratchet.run.RunStatus;
import dev.ratchet.run.Value;
import dev.ratchet.workflow.RunStart;
import dev.ratchet.workflow.RunWorkflow;
import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.SearchAttributeKey;
import io.temporal.common.SearchAttributes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Starts the workflows of runs; where a worker lives in this process, it gets the first task at once. */
final class RunStarter {
    /** The SDK would go on trying for a minute. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** Temporal refuses longer summaries. */
    private static final int MAX_SUMMARY_BYTES = 400;

    private static final SearchAttributeKey<String> STATE = SearchAttributeKey.forKeyword("RatchetState");
    private static final SearchAttributeKey<String> ORGANIZATION = SearchAttributeKey.forKeyword("RatchetOrganization");
    private static final SearchAttributeKey<List<String>> LABELS = SearchAttributeKey.forKeywordList("RatchetLabels");

    private final WorkflowClient client;
    private final String taskQueue;
    private final ScheduledExecutorService deadlines;

    RunStarter(WorkflowClient client, String taskQueue, ScheduledExecutorService deadlines) {
        this.client = client;
        this.taskQueue = taskQueue;
        this.deadlines = deadlines;
    }

    /**
     * Starts a run; when this returns it is durable.
     *
     * @return false when there is, or was lately, a run of that id
     * @throws StatusRuntimeException when Temporal does not take it
     */
    boolean start(RunStart start, String documentHash) {
        try (Context.CancellableContext bounded =
                Context.current().withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS, deadlines)) {
            bounded.run(() -> client.newUntypedWorkflowStub(RunWorkflow.TYPE, options(start, documentHash))
                    .start(start));
            return true;
        } catch (WorkflowExecutionAlreadyStarted present) {
            return false;
        }
    }

    private WorkflowOptions options(RunStart start, String documentHash) {
        WorkflowOptions.Builder options = WorkflowOptions.newBuilder()
                .setWorkflowId(start.run().workflowId())
                .setTaskQueue(taskQueue)
                .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
                .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
                .setMemo(memo(start, documentHash))
                .setTypedSearchAttributes(searchAttributes(start.run()))
                .setDisableEagerExecution(false);
        if (start.name() != null) {
            options.setStaticSummary(cut(start.name()));
        }
        return options.build();
    }

    private static Map<String, Object> memo(RunStart start, String documentHash) {
        Map<String, Object> memo = new TreeMap<>();
        memo.put(RunMemo.DOCUMENT_HASH, documentHash);
        memo.put(RunMemo.DOCUMENT_REF, start.document() instanceof Value.Stored stored ? stored.ref() : "");
        memo.put(RunMemo.CREATED_AT, start.createdAt());
        if (start.parent() != null) {
            memo.put(RunMemo.PARENT, RunMemo.of(start.parent()));
        }
        return memo;
    }

    private static SearchAttributes searchAttributes(RunContext run) {
        // the workflow changes the state only when it is another than running
        SearchAttributes.Builder attributes = SearchAttributes.newBuilder()
                .set(STATE, RunStatus.RUNNING.wire())
                .set(ORGANIZATION, run.organization());
        if (!run.labels().isEmpty()) {
            attributes.set(LABELS, LabelTerms.of(run.labels()));
        }
        return attributes.build();
    }

    private static @Nullable String cut(String name) {
        String text = name;
        while (text.getBytes(StandardCharsets.UTF_8).length > MAX_SUMMARY_BYTES - 2) {
            text = Text.beginning(text, text.length() - 1);
        }
        return text;
    }
}
