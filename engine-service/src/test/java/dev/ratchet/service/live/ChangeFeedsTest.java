package dev.ratchet.service.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ChangeFeedsTest {
    private final FakeHistory history = new FakeHistory();
    private final ChangeFeeds feeds = new ChangeFeeds(history, Duration.ofMillis(200));

    @Test
    void shouldWakeWhoWaitsForAChange() throws Exception {
        ChangeFeed feed = feeds.of("default/r");
        long seen = feed.count();
        history.change();
        assertThat(feed.awaitAfter(seen, in(5_000))).isTrue();
        assertThat(feed.count()).isGreaterThan(seen);
    }

    @Test
    void shouldNotLetAChangeSlipBetweenLookingAndWaiting() throws Exception {
        ChangeFeed feed = feeds.of("default/r");
        long seen = feed.count();
        history.change();
        await().until(() -> feed.count() > seen);
        assertThat(feed.awaitAfter(seen, in(0))).isTrue();
    }

    @Test
    void shouldGiveUpAtTheDeadline() throws Exception {
        ChangeFeed feed = feeds.of("default/r");
        assertThat(feed.awaitAfter(feed.count(), in(100))).isFalse();
    }

    @Test
    void shouldTellOfAtMostFiveChangesASecond() {
        ChangeFeed feed = feeds.of("default/r");
        long began = System.nanoTime();
        for (int i = 0; i < 4; i++) {
            history.change();
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> feed.count() == 4);
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began)).isGreaterThanOrEqualTo(600);
    }

    @Test
    void shouldShareOneFeedUntilItIsOver() {
        ChangeFeed feed = feeds.of("default/r");
        assertThat(feeds.of("default/r")).isSameAs(feed);
        assertThat(feeds.of("default/s")).isNotSameAs(feed);
        history.end();
        history.end();
        await().until(feed::isOver);
        assertThat(feeds.of("default/r")).isNotSameAs(feed);
    }

    @Test
    void shouldWakeReadersWhenTheHistoryCannotBeRead() throws Exception {
        history.failure = new IllegalStateException("no such run");
        ChangeFeed feed = feeds.of("default/r");
        assertThatThrownBy(() -> feed.awaitAfter(0, in(5_000))).isSameAs(history.failure);
        assertThat(feed.isOver()).isTrue();
    }

    private static long in(long millis) {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
