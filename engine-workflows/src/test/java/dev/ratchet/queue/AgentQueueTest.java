package dev.ratchet.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.ratchet.document.Json;
import dev.ratchet.run.Value;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who may begin with what, and when. */
class AgentQueueTest {
    private static final long NOW = 1_000_000;
    private static final long MINUTE = 60_000;

    private final AgentQueue queue = new AgentQueue();

    @Test
    void shouldGiveJobsInOrderOfArrivalEachToOne() {
        offer("b", "a", "c");

        assertThat(leased(2, NOW)).containsExactly("b", "a");
        assertThat(leased(2, NOW)).containsExactly("c");
        assertThat(leased(2, NOW)).isEmpty();
        assertThat(queue.waiting(NOW)).isZero();
    }

    @Test
    void shouldTakeTheSameJobForOne() {
        offer("a", "a");
        assertThat(leased(5, NOW)).containsExactly("a");

        offer("a");

        assertThat(leased(5, NOW)).isEmpty();
    }

    @Test
    void shouldGiveAJobToTheNextWhenItsLeaseEnds() {
        offer("a", "b");
        Lease first = queue.lease(1, MINUTE, NOW).getFirst();

        assertThat(leased(1, NOW + MINUTE - 1)).containsExactly("b");
        Lease second = queue.lease(1, MINUTE, NOW + MINUTE).getFirst();

        assertThat(second.job().id()).isEqualTo("a");
        assertThat(second.number()).isGreaterThan(first.number());
        assertThat(queue.leaseOf("a", NOW + MINUTE)).isEqualTo(second.number());
    }

    @Test
    void shouldKeepALeaseThatIsRenewed() {
        offer("a");
        Lease lease = queue.lease(1, MINUTE, NOW).getFirst();

        queue.renew("a", lease.number(), MINUTE, NOW + 30_000);

        assertThat(leased(1, NOW + MINUTE)).isEmpty();
        assertThat(leased(1, NOW + 90_000)).containsExactly("a");
    }

    @Test
    void shouldNotLetWhoLostAJobKeepItFromWhoHasIt() {
        offer("a");
        Lease lost = queue.lease(1, MINUTE, NOW).getFirst();
        Lease held = queue.lease(1, MINUTE, NOW + MINUTE).getFirst();

        queue.renew("a", lost.number(), 10 * MINUTE, NOW + MINUTE);
        queue.giveBack("a", lost.number());

        assertThat(queue.leaseOf("a", NOW + 2 * MINUTE - 1)).isEqualTo(held.number());
        assertThat(leased(1, NOW + 2 * MINUTE)).containsExactly("a");
    }

    @Test
    void shouldTakeBackUpALeaseThatEndedWhenNobodyElseHasTheJob() {
        offer("a");
        Lease lease = queue.lease(1, MINUTE, NOW).getFirst();

        queue.renew("a", lease.number(), MINUTE, NOW + 2 * MINUTE);

        assertThat(leased(1, NOW + 2 * MINUTE)).isEmpty();
    }

    @Test
    void shouldGiveWhatIsGivenBackToTheNext() {
        offer("a", "b");
        Lease lease = queue.lease(1, MINUTE, NOW).getFirst();

        queue.giveBack("a", lease.number());

        assertThat(leased(2, NOW)).containsExactly("a", "b");
    }

    @Test
    void shouldForgetWhatIsWithdrawnAlsoWhenItComesLater() {
        offer("a");
        queue.withdraw("a");
        queue.withdraw("late");
        offer("a", "late", "b");

        assertThat(leased(5, NOW)).containsExactly("b");
    }

    @Test
    void shouldRememberABoundedNumberOfWithdrawals() {
        IntStream.rangeClosed(0, AgentQueue.REMEMBERED).forEach(i -> queue.withdraw("job-" + i));

        assertThat(queue.carried().withdrawn()).hasSize(AgentQueue.REMEMBERED).doesNotContain("job-0");
    }

    @Test
    void shouldDropTheJobsOfRunsThatEnded() {
        queue.offer(job("a", "acme/one"));
        queue.offer(job("b", "acme/two"));
        queue.offer(job("c", "acme/one"));
        assertThat(queue.runs(5)).containsExactly("acme/one", "acme/two");

        queue.drop(List.of("acme/one"));

        assertThat(leased(5, NOW)).containsExactly("b");
    }

    @Test
    void shouldGoOnAsItWasAfterContinuing() {
        offer("a", "b", "c");
        queue.withdraw("c");
        Lease lease = queue.lease(1, MINUTE, NOW).getFirst();

        CarriedQueue travelled = Json.read(Json.write(queue.carried()), CarriedQueue.class);
        AgentQueue next = new AgentQueue(travelled);

        assertThat(travelled).isEqualTo(queue.carried());
        assertThat(next.leaseOf("a", NOW)).isEqualTo(lease.number());
        next.offer(job("c", "acme/run"));
        assertThat(next.lease(5, MINUTE, NOW))
                .extracting(given -> given.job().id())
                .containsExactly("b");
        assertThat(next.lease(5, MINUTE, NOW + MINUTE).getFirst().number()).isGreaterThan(lease.number() + 1);
    }

    private void offer(String... ids) {
        for (String id : ids) {
            queue.offer(job(id, "acme/run"));
        }
    }

    private List<String> leased(int most, long now) {
        return queue.lease(most, MINUTE, now).stream()
                .map(lease -> lease.job().id())
                .toList();
    }

    private static QueuedJob job(String id, String run) {
        return new QueuedJob(id, run, "task", Value.of(NullNode.instance), null);
    }
}
