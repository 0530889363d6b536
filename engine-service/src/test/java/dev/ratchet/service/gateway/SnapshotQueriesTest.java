package dev.ratchet.service.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.workflow.Snapshot;
import dev.ratchet.workflow.SnapshotRequest;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SnapshotQueriesTest {
    /** A query that was sent and is answered by the test. */
    private record Sent(String run, SnapshotRequest request, CompletableFuture<QueryAnswer<Snapshot>> answer) {}

    private final BlockingQueue<Sent> sent = new LinkedBlockingQueue<>();
    private final SnapshotQueries queries = new SnapshotQueries((run, request) -> {
        CompletableFuture<QueryAnswer<Snapshot>> answer = new CompletableFuture<>();
        sent.add(new Sent(run, request, answer));
        return answer.join();
    });

    @Test
    void shouldShareOneQueryBetweenAllThatWaitForTheNext() throws Exception {
        CompletableFuture<QueryAnswer<Snapshot>> first = queries.read("r", new SnapshotRequest(5, true));
        Sent one = next();
        List<CompletableFuture<QueryAnswer<Snapshot>>> late = List.of(
                queries.read("r", new SnapshotRequest(7, true)),
                queries.read("r", new SnapshotRequest(3, false)),
                queries.read("r", new SnapshotRequest(9, true)));
        assertThat(sent).isEmpty();
        one.answer().complete(new QueryAnswer.Closed<>());
        assertThat(first.get(5, TimeUnit.SECONDS)).isInstanceOf(QueryAnswer.Closed.class);
        Sent two = next();
        assertThat(late).noneMatch(CompletableFuture::isDone);
        assertThat(two.request()).isEqualTo(new SnapshotRequest(3, true));
        two.answer().complete(new QueryAnswer.Silent<>());
        for (CompletableFuture<QueryAnswer<Snapshot>> reader : late) {
            assertThat(reader.get(5, TimeUnit.SECONDS)).isInstanceOf(QueryAnswer.Silent.class);
        }
        assertThat(sent).isEmpty();
    }

    @Test
    void shouldNotLetRunsWaitForEachOther() throws Exception {
        queries.read("r", new SnapshotRequest(0, true));
        queries.read("s", new SnapshotRequest(0, true));
        assertThat(List.of(next().run(), next().run())).containsExactlyInAnyOrder("r", "s");
    }

    @Test
    void shouldTellAllThatShareAQueryThatItFailed() throws Exception {
        CompletableFuture<QueryAnswer<Snapshot>> reader = queries.read("r", new SnapshotRequest(0, true));
        next().answer().completeExceptionally(new IllegalStateException("down"));
        assertThatThrownBy(reader::join).isInstanceOf(CompletionException.class).hasMessageContaining("down");
        CompletableFuture<QueryAnswer<Snapshot>> later = queries.read("r", new SnapshotRequest(0, true));
        next().answer().complete(new QueryAnswer.Closed<>());
        assertThat(later.get(5, TimeUnit.SECONDS)).isInstanceOf(QueryAnswer.Closed.class);
    }

    private Sent next() throws InterruptedException {
        Sent query = sent.poll(5, TimeUnit.SECONDS);
        assertThat(query).isNotNull();
        return query;
    }
}
