package dev.ratchet.service.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.Json;
import dev.ratchet.queue.Lease;
import dev.ratchet.queue.QueuedJob;
import dev.ratchet.run.Value;
import dev.ratchet.service.problem.ProblemException;
import dev.ratchet.task.blob.BlobException;
import dev.ratchet.task.blob.BlobStore;
import dev.ratchet.task.blob.Values;
import dev.ratchet.workflow.AgentQueueWorkflow;
import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateTimeoutOrCancelledException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The queues that agents poll, as this process asks for them. Thread-safe. */
final class AgentQueues implements QueuePolls.Source {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final TemporalRpc rpc;
    private final WorkflowClient client;
    private final Values values;
    private final InstantSource clock;
    private final ScheduledExecutorService deadlines;
    private final QueuePolls polls = new QueuePolls(this);

    AgentQueues(
            TemporalRpc rpc,
            WorkflowClient client,
            BlobStore blobs,
            InstantSource clock,
            ScheduledExecutorService deadlines) {
        this.rpc = rpc;
        this.client = client;
        this.values = new Values(blobs);
        this.clock = clock;
        this.deadlines = deadlines;
    }

    /** @return empty when no job came in time */
    Optional<JsonNode> next(String organization, String queue, long leaseMs, long waitMs) {
        try {
            return polls.next(AgentQueueWorkflow.id(organization, queue), leaseMs, waitMs)
                    .join()
                    .map(lease -> shown(lease, leaseMs));
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    private JsonNode shown(Lease lease, long leaseMs) {
        ObjectNode shown = assignment(lease.job());
        Long dueAt = lease.job().dueAt();
        if (dueAt != null) {
            shown.put("due_at", dueAt);
        }
        return shown.put("lease", lease.number()).put("lease_ms", leaseMs);
    }

    /** Without its assignment a job still has its names: whoever gets it can fail it, and it holds up no other. */
    private ObjectNode assignment(QueuedJob job) {
        try {
            return values.load(job.assignment()) instanceof ObjectNode object
                    ? object.deepCopy()
                    : Json.mapper().createObjectNode();
        } catch (BlobException lost) {
            String ref = job.assignment() instanceof Value.Stored stored ? stored.ref() : "";
            Damage damage = Damage.of(Damage.Kind.ASSIGNMENT, ref, lost);
            ObjectNode shown = Json.mapper()
                    .createObjectNode()
                    .put("run_id", job.run().substring(job.run().indexOf('/') + 1))
                    .put("node_id", job.task())
                    .put("job_id", job.id())
                    .put("degraded", true);
            shown.putArray("problems").add(damage.json());
            return shown;
        }
    }

    /** Silence of a worker is a queue without jobs; silence of Temporal is none. */
    @Override
    public int waiting(String queue) {
        try {
            QueryAnswer<Integer> answer = rpc.query(queue, AgentQueueWorkflow.WAITING, clock.millis(), Integer.class);
            if (answer instanceof QueryAnswer.Silent<Integer>) {
                var ignored = rpc.describe(queue);
            }
            return answer instanceof QueryAnswer.Answered<Integer>(Integer count) && count != null ? count : 0;
        } catch (StatusRuntimeException failed) {
            return notThere(failed, 0);
        }
    }

    @Override
    public List<Lease> lease(String queue, int jobs, long leaseMs) {
        try (Context.CancellableContext bounded =
                Context.current().withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS, deadlines)) {
            return List.of(bounded.call(() -> client.newUntypedWorkflowStub(queue)
                    .update(AgentQueueWorkflow.LEASE, Lease[].class, new AgentQueueWorkflow.Wish(jobs, leaseMs))));
        } catch (WorkflowUpdateTimeoutOrCancelledException silent) {
            var ignored = rpc.describe(queue);
            return List.of();
        } catch (WorkflowNotFoundException | WorkflowUpdateException none) {
            return List.of();
        } catch (RuntimeException failed) {
            throw failed;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void giveBack(String queue, Lease lease) {
        rpc.signal(
                queue,
                AgentQueueWorkflow.GIVE_BACK,
                new AgentQueueWorkflow.Held(lease.job().id(), lease.number(), 0),
                UUID.randomUUID().toString());
    }

    /** @throws ProblemException when somebody else has the job */
    void renew(String organization, String queue, String job, @Nullable Long lease, long leaseMs) {
        String id = AgentQueueWorkflow.id(organization, queue);
        try {
            QueryAnswer<Long> answer = rpc.query(
                    id, AgentQueueWorkflow.LEASE_OF, new AgentQueueWorkflow.Asked(job, clock.millis()), Long.class);
            if (lease != null
                    && answer instanceof QueryAnswer.Answered<Long>(Long held)
                    && held != null
                    && !held.equals(lease)) {
                throw Answering.notWaiting(
                        "Expected lease " + lease + " to be the latest of the job, but somebody else" + " has it");
            }
            rpc.signal(
                    id,
                    AgentQueueWorkflow.RENEW,
                    new AgentQueueWorkflow.Held(job, lease, leaseMs),
                    UUID.randomUUID().toString());
        } catch (StatusRuntimeException failed) {
            var ignored = notThere(failed, 0);
        }
    }

    private static int notThere(StatusRuntimeException failed, int otherwise) {
        if (TemporalRpc.isNotFound(failed)) {
            return otherwise;
        }
        throw failed;
    }
}
