package dev.ratchet.task.assignment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.queue.QueuedJob;
import dev.ratchet.run.Hold;
import dev.ratchet.run.Value;
import dev.ratchet.task.blob.BlobException;
import dev.ratchet.task.blob.BlobStore;
import dev.ratchet.task.blob.Values;
import dev.ratchet.task.execution.Executions;
import dev.ratchet.task.http.GuardedPost;
import dev.ratchet.task.spi.TaskFailure;
import dev.ratchet.workflow.AgentQueueWorkflow;
import dev.ratchet.workflow.AssignmentActivity;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.failure.ApplicationFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Posts assignments, and leaves them in queues. One instance serves a whole worker. Thread-safe. */
public final class AssignmentWorker implements AssignmentActivity {
    private static final Duration POST = Duration.ofSeconds(30);

    private final WorkflowClient client;
    private final String taskQueue;
    private final AssignmentSettings settings;
    private final GuardedPost posts;
    private final Values values;
    private final Notice notices;

    /** @param taskQueue the Temporal task queue on which queues of jobs live */
    public AssignmentWorker(WorkflowClient client, String taskQueue, BlobStore blobs, AssignmentSettings settings) {
        this.client = client;
        this.taskQueue = taskQueue;
        this.settings = settings;
        this.posts = new GuardedPost(settings.http());
        this.values = new Values(blobs);
        this.notices = new Notice(settings);
    }

    @Override
    public void announce(Job job) {
        Hold hold = job.hold();
        if (hold == null) {
            return;
        }
        String queue = hold.askedQueue();
        if (queue != null) {
            QueuedJob queued = new QueuedJob(
                    job.id(), job.run().workflowId(), job.key().toString(), hold.assignment(), job.dueAt());
            tell(job, queue, AgentQueueWorkflow.OFFER, queued);
        }
        String url = hold.askedUrl();
        if (url != null) {
            post(job, url, hold.assignment());
        }
    }

    @Override
    public void withdraw(Job job, String queue) {
        tell(job, queue, AgentQueueWorkflow.WITHDRAW, job.id());
    }

    @Override
    public List<String> closed(List<String> workflowIds) {
        return workflowIds.stream()
                .filter(id -> Executions.isClosed(client, id))
                .toList();
    }

    /** A queue that is not there begins with what it is told: also with a withdrawal, which its job may have to meet yet. */
    private void tell(Job job, String queue, String signal, Object argument) {
        WorkflowOptions options = WorkflowOptions.newBuilder()
                .setWorkflowId(AgentQueueWorkflow.id(job.run().organization(), queue))
                .setTaskQueue(taskQueue)
                .setStaticSummary("jobs for agents")
                .build();
        var ignored = client.newUntypedWorkflowStub(AgentQueueWorkflow.TYPE, options)
                .signalWithStart(signal, new Object[] {argument}, new Object[] {null});
    }

    private void post(Job job, String url, Value assignment) {
        try {
            JsonNode notice = notices.of(job, values.load(assignment));
            byte[] body = Json.write(notice).getBytes(StandardCharsets.UTF_8);
            posts.send(url, headers(job, body), body, POST);
        } catch (TaskFailure failed) {
            throw failure(failed);
        } catch (BlobException unreadable) {
            throw ApplicationFailure.newFailure(unreadable.text(), "execution_failed");
        }
    }

    private Map<String, String> headers(Job job, byte[] body) {
        String key = settings.keys().find(job.run().organization(), AssignmentSettings.NOTIFY_KEY);
        Map<String, String> headers = new LinkedHashMap<>(
                WebhookSignature.headers(job.id(), settings.clock().instant().getEpochSecond(), body, key));
        headers.put("idempotency-key", job.id());
        headers.put("user-agent", "ratchet");
        return headers;
    }

    /** The run reads the error code from the failure's type. */
    private static ApplicationFailure failure(TaskFailure failed) {
        String message = failed.error().message();
        String code = failed.error().code();
        if (!failed.isRetryable()) {
            return ApplicationFailure.newNonRetryableFailure(message, code);
        }
        ApplicationFailure.Builder failure =
                ApplicationFailure.newBuilder().setMessage(message).setType(code);
        Long pause = failed.retryAfterMs();
        return (pause == null ? failure : failure.setNextRetryDelay(Duration.ofMillis(pause))).build();
    }
}
