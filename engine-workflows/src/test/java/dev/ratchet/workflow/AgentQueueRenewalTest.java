package dev.ratchet.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.ratchet.document.Weight;
import dev.ratchet.plan.Plan;
import dev.ratchet.queue.CarriedQueue;
import dev.ratchet.queue.Lease;
import dev.ratchet.queue.QueuedJob;
import dev.ratchet.run.TaskRecord;
import dev.ratchet.run.Value;
import dev.ratchet.workflow.RenewalLimits.Bound;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A queue of jobs that goes on as a new execution. */
@Timeout(120)
class AgentQueueRenewalTest {
    private static final String QUEUE = "queues";
    private static final int MANY = Integer.MAX_VALUE;
    private static final Bound NEVER = new Bound(Long.MAX_VALUE, Long.MAX_VALUE, MANY, MANY);
    private static final RenewalLimits AFTER_TWO =
            new RenewalLimits(new Bound(Long.MAX_VALUE, Long.MAX_VALUE, MANY, 2), NEVER, NEVER, 600_000, 600_000);

    private final TestWorkflowEnvironment environment =
            TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setDataConverter(RunsForTests.CONVERTER)
                            .build())
                    .build());
    private final SlowStore store = new SlowStore();

    @AfterEach
    void close() {
        store.open.countDown();
        environment.close();
    }

    @Test
    void shouldKnowALeaseThatWasGivenWhileItsStateWasBeingStored() {
        Worker worker = environment.newWorker(QUEUE);
        worker.registerWorkflowImplementationFactory(
                AgentQueueWorkflow.class, () -> new AgentQueueWorkflowImpl(store, AFTER_TWO));
        worker.registerActivitiesImplementations(store, new Closed());
        environment.start();
        WorkflowStub queue = environment
                .getWorkflowClient()
                .newUntypedWorkflowStub(
                        AgentQueueWorkflow.TYPE,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(QUEUE)
                                .setWorkflowId("queue/acme/q")
                                .build());
        queue.start(new Object[] {null});
        for (int i = 0; i < 5; i++) {
            queue.signal(AgentQueueWorkflow.OFFER, job("job" + i, 100_000));
        }
        lease(queue);
        lease(queue);
        await().atMost(Duration.ofSeconds(30)).until(() -> store.asked.getCount() == 0);

        String third = lease(queue);
        store.open.countDown();

        WorkflowStub current = environment.getWorkflowClient().newUntypedWorkflowStub("queue/acme/q");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !current.describe()
                        .getExecution()
                        .getRunId()
                        .equals(queue.getExecution().getRunId()));
        assertThat(current.query(
                        AgentQueueWorkflow.LEASE_OF,
                        Long.class,
                        new AgentQueueWorkflow.Asked(third, environment.currentTimeMillis())))
                .isEqualTo(3L);
        assertThat(lease(current)).isEqualTo("job3");
    }

    @Test
    void shouldTravelInPartsThatABlobHolds() {
        List<CarriedQueue.Entry> entries = IntStream.range(0, 100)
                .mapToObj(i -> new CarriedQueue.Entry(job("job" + i, 4_000), i, 0))
                .toList();
        CarriedQueue whole = new CarriedQueue(entries, List.of("w"), 7);

        List<CarriedQueue> parts = whole.parts(50_000, Weight::of);

        assertThat(parts)
                .hasSizeGreaterThan(7)
                .allSatisfy(part -> assertThat(Weight.of(part)).isLessThan(55_000));
        CarriedQueue travels = whole.storedAs(List.of("p1", "p2"));
        assertThat(travels.entries()).isEmpty();
        assertThat(travels.with(parts)).isEqualTo(whole);
    }

    private static String lease(WorkflowStub queue) {
        Lease[] leases =
                queue.update(AgentQueueWorkflow.LEASE, Lease[].class, new AgentQueueWorkflow.Wish(1, 3_600_000));
        return leases.length == 0 ? "" : leases[0].job().id();
    }

    private static QueuedJob job(String id, int size) {
        return new QueuedJob(id, "acme/r1", id, Value.of(TextNode.valueOf("x".repeat(size))), null);
    }

    /** Stores the first thing only once it is open. */
    private static final class SlowStore implements InlineActivity, PlanSource {
        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch open = new CountDownLatch(1);
        private final Map<String, JsonNode> blobs = new ConcurrentHashMap<>();

        @Override
        public Value.Stored carry(JsonNode load) {
            asked.countDown();
            try {
                open.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            String ref = "blob-" + load.toString().hashCode();
            blobs.put(ref, load);
            return new Value.Stored(ref, 1, "application/json", null);
        }

        @Override
        public InlineResult inline(InlineRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String seal(List<TaskRecord> page) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Plan byHash(String hash) {
            throw new UnsupportedOperationException();
        }

        @Override
        public JsonNode carried(String ref) {
            return blobs.get(ref);
        }
    }
}
