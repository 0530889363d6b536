package dev.ratchet.task.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.ratchet.queue.Lease;
import dev.ratchet.queue.QueuedJob;
import dev.ratchet.run.Value;
import dev.ratchet.task.blob.BlobPlanSource;
import dev.ratchet.task.blob.FolderBlobStore;
import dev.ratchet.workflow.AgentQueueWorkflow;
import dev.ratchet.workflow.AgentQueueWorkflowImpl;
import dev.ratchet.workflow.AssignmentActivity;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A queue in Temporal: how it begins, is looked after, continues and ends, and that all of it replays. */
class AgentQueueWorkflowTest {
    private static final String QUEUE = "queues";
    private static final String ID = AgentQueueWorkflow.id("acme", "q");

    @TempDir
    Path folder;

    private final Set<String> closed = ConcurrentHashMap.newKeySet();
    private TestWorkflowEnvironment environment;
    private Worker worker;

    @BeforeEach
    void start() {
        environment = TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(EngineDataConverter.create())
                        .build())
                .build());
        worker = environment.newWorker(QUEUE);
        worker.registerWorkflowImplementationFactory(AgentQueueWorkflow.class, this::queue);
        worker.registerActivitiesImplementations(new Upkeep(closed));
        environment.start();
    }

    @AfterEach
    void stop() {
        environment.close();
    }

    private AgentQueueWorkflow queue() {
        return new AgentQueueWorkflowImpl(new BlobPlanSource(new FolderBlobStore(folder)));
    }

    @Test
    void shouldLeaseWhatWasOfferedBeforeItBegan() throws Exception {
        WorkflowStub queue = offer("a");
        queue.signal(AgentQueueWorkflow.OFFER, job("b", "acme/run"));
        queue.signal(AgentQueueWorkflow.WITHDRAW, "a");

        List<Lease> leases = lease(queue, 5);

        assertThat(leases).extracting(lease -> lease.job().id()).containsExactly("b");
        assertThat(queue.query(AgentQueueWorkflow.WAITING, Integer.class, Long.MAX_VALUE))
                .isEqualTo(1);
        assertThat(queue.query(
                        AgentQueueWorkflow.LEASE_OF,
                        Long.class,
                        new AgentQueueWorkflow.Asked("b", environment.currentTimeMillis())))
                .isEqualTo(leases.getFirst().number());
        assertReplays();
    }

    @Test
    void shouldDropJobsOfRunsThatEndedAndEndWhenItIsEmpty() throws Exception {
        WorkflowStub queue = offer("a");
        environment.sleep(Duration.ofMinutes(11));
        assertThat(queue.query(AgentQueueWorkflow.WAITING, Integer.class, Long.MAX_VALUE))
                .isEqualTo(1);

        closed.add("acme/run");
        queue.getResult(Void.class);

        assertThat(status()).isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED);
        assertReplays();
        assertThat(lease(offer("b"), 5)).hasSize(1);
    }

    @Test
    void shouldContinueBeforeTheServerRefusesMoreUpdates() {
        WorkflowStub queue = offer("a");
        String first = queue.getExecution().getRunId();
        lease(queue, 1);

        IntStream.range(0, 1_000).forEach(i -> lease(current(), 1));

        assertThat(current().query(AgentQueueWorkflow.WAITING, Integer.class, Long.MAX_VALUE))
                .isEqualTo(1);
        assertThat(describe().getExecution().getRunId()).isNotEqualTo(first);
        assertThat(lease(current(), 1)).as("the lease went along").isEmpty();
    }

    private WorkflowStub offer(String id) {
        WorkflowStub queue = environment
                .getWorkflowClient()
                .newUntypedWorkflowStub(
                        AgentQueueWorkflow.TYPE,
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(ID)
                                .setTaskQueue(QUEUE)
                                .build());
        queue.signalWithStart(AgentQueueWorkflow.OFFER, new Object[] {job(id, "acme/run")}, new Object[] {null});
        return queue;
    }

    private WorkflowStub current() {
        return environment.getWorkflowClient().newUntypedWorkflowStub(ID);
    }

    private static List<Lease> lease(WorkflowStub queue, int jobs) {
        return Stream.of(queue.update(
                        AgentQueueWorkflow.LEASE, Lease[].class, new AgentQueueWorkflow.Wish(jobs, 600_000_000)))
                .toList();
    }

    private void assertReplays() throws Exception {
        WorkflowExecutionHistory history = environment.getWorkflowClient().fetchHistory(ID);
        worker.replayWorkflowExecution(history);
    }

    private WorkflowExecutionStatus status() {
        return describe().getStatus();
    }

    private io.temporal.api.workflow.v1.WorkflowExecutionInfo describe() {
        return environment
                .getWorkflowServiceStubs()
                .blockingStub()
                .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                        .setNamespace(environment.getNamespace())
                        .setExecution(WorkflowExecution.newBuilder().setWorkflowId(ID))
                        .build())
                .getWorkflowExecutionInfo();
    }

    private static QueuedJob job(String id, String run) {
        return new QueuedJob(id, run, "task", Value.of(NullNode.instance), null);
    }

    /** Knows which runs have ended. */
    private record Upkeep(Set<String> ended) implements AssignmentActivity {
        @Override
        public void announce(Job job) {
            throw new IllegalStateException("Expected a queue to announce nothing");
        }

        @Override
        public void withdraw(Job job, String queue) {
            throw new IllegalStateException("Expected a queue to withdraw nothing");
        }

        @Override
        public List<String> closed(List<String> workflowIds) {
            return workflowIds.stream().filter(ended::contains).toList();
        }
    }
}
