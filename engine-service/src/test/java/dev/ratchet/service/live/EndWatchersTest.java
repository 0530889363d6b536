package dev.ratchet.service.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EndWatchersTest {
    private final FakeHistory history = new FakeHistory();
    private final EndWatchers ends = new EndWatchers(history);

    @Test
    void shouldTellAllThatWaitByOnePoll() {
        List<CompletableFuture<Boolean>> readers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            readers.add(waiting(10_000));
        }
        await().until(() -> history.polls.get() > 2);
        int before = history.polls.get();
        await().pollDelay(Duration.ofMillis(200)).until(() -> true);
        assertThat(history.polls.get() - before).isLessThan(10);
        history.end();
        assertThat(readers)
                .allSatisfy(
                        reader -> assertThat(reader.get(10, TimeUnit.SECONDS)).isTrue());
    }

    @Test
    void shouldGiveUpAtTheDeadlineAndStopPolling() throws Exception {
        assertThat(waiting(100).get(10, TimeUnit.SECONDS)).isFalse();
        await().during(Duration.ofMillis(300)).until(() -> {
            int polls = history.polls.get();
            return polls <= 5;
        });
        history.end();
        assertThat(waiting(10_000).get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldPassOnWhatIsWrong() {
        history.failure = new IllegalStateException("no such run");
        assertThatThrownBy(() -> ends.await("default/r", System.nanoTime() + 10_000_000_000L))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no such run");
    }

    private CompletableFuture<Boolean> waiting(long millis) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                answer.complete(ends.await("default/r", System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis)));
            } catch (InterruptedException | RuntimeException failed) {
                answer.completeExceptionally(failed);
            }
        });
        return answer;
    }
}
