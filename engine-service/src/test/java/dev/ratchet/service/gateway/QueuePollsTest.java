package dev.ratchet.service.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.ratchet.queue.AgentQueue;
import dev.ratchet.queue.Lease;
import dev.ratchet.queue.QueuedJob;
import dev.ratchet.run.Value;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many who wait for one queue. */
class QueuePollsTest {
    private final FakeQueue queue = new FakeQueue();
    private final QueuePolls polls = new QueuePolls(queue);

    @Test
    void shouldGiveAJobThatIsThereAtOnce() {
        queue.offer("a");

        assertThat(polls.next("q", 1_000, 0).orTimeout(5, TimeUnit.SECONDS).join())
                .hasValueSatisfying(lease -> assertThat(lease.job().id()).isEqualTo("a"));
    }

    @Test
    void shouldSayThatNoneCame() {
        assertThat(polls.next("q", 1_000, 100).orTimeout(5, TimeUnit.SECONDS).join())
                .isEmpty();
        assertThat(queue.leased.get()).as("nobody takes out of an empty queue").isZero();
    }

    @Test
    void shouldGiveEachJobToOneOfThoseWhoWait() {
        List<CompletableFuture<Optional<Lease>>> waiting = IntStream.range(0, 50)
                .mapToObj(i -> polls.next("q", 1_000, 10_000))
                .toList();
        IntStream.range(0, 50).forEach(i -> queue.offer("job-" + i));

        List<String> given = waiting.stream()
                .map(poll -> poll.orTimeout(5, TimeUnit.SECONDS)
                        .join()
                        .orElseThrow()
                        .job()
                        .id())
                .toList();

        assertThat(given).doesNotHaveDuplicates().hasSize(50);
        assertThat(queue.leased.get()).as("they share their questions").isLessThan(50);
    }

    @Test
    void shouldTellAllWhoWaitWhatWentWrongAndGoOn() {
        queue.broken = true;
        CompletableFuture<Optional<Lease>> refused = polls.next("q", 1_000, 10_000);
        assertThatThrownBy(() -> refused.orTimeout(5, TimeUnit.SECONDS).join())
                .hasRootCauseMessage("Expected Temporal, but it is away");

        queue.broken = false;
        queue.offer("a");

        assertThat(polls.next("q", 1_000, 5_000).orTimeout(5, TimeUnit.SECONDS).join())
                .isPresent();
    }

    /** A queue without Temporal. */
    private static final class FakeQueue implements QueuePolls.Source {
        private final AgentQueue queue = new AgentQueue();
        private final AtomicInteger leased = new AtomicInteger();
        private volatile boolean broken;

        synchronized void offer(String id) {
            queue.offer(new QueuedJob(id, "acme/run", "task", Value.of(NullNode.instance), null));
        }

        @Override
        public synchronized int waiting(String name) {
            if (broken) {
                throw new IllegalStateException("Expected Temporal, but it is away");
            }
            return queue.waiting(1);
        }

        @Override
        public synchronized List<Lease> lease(String name, int jobs, long leaseMs) {
            leased.incrementAndGet();
            return queue.lease(jobs, leaseMs, 1);
        }

        @Override
        public synchronized void giveBack(String name, Lease lease) {
            queue.giveBack(lease.job().id(), lease.number());
        }
    }
}
