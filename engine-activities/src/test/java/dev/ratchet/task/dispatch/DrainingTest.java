package dev.ratchet.task.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DrainingTest {
    private final Draining draining = new Draining();
    private final AtomicInteger stopped = new AtomicInteger();

    @Test
    void shouldStopWhatRunsAndWhateverComesLater() {
        // given
        draining.onInterrupt(stopped::incrementAndGet);
        draining.begin();
        assertThat(stopped).hasValue(0);

        // when
        draining.interrupt();
        draining.onInterrupt(stopped::incrementAndGet);

        // then
        assertThat(stopped).hasValue(2);
    }

    @Test
    void shouldForgetWhatHasEnded() {
        draining.onInterrupt(stopped::incrementAndGet).close();

        draining.interrupt();

        assertThat(stopped).hasValue(0);
    }

    @Test
    void shouldHoldWhatIsHandedBackUntilThisWorkerGetsNoMoreWork() {
        // given
        draining.holdUntilPollsEnd();
        long begun = System.nanoTime();
        draining.begin();

        // when
        draining.holdUntilPollsEnd();

        // then
        assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(TimeUnit.SECONDS.toNanos(1));
    }
}
