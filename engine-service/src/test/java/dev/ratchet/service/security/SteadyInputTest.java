package dev.ratchet.service.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.service.problem.ProblemCode;
import dev.ratchet.service.problem.ProblemException;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class SteadyInputTest {
    private long now;

    @Test
    void shouldForgiveAPauseOfSecondsInASmallBody() throws IOException {
        SteadyInput body = new SteadyInput(new Sender(1, 4_000, 2), () -> now);

        assertThat(body.readAllBytes()).hasSize(2);
    }

    @Test
    void shouldBreakOffAByteASecond() {
        SteadyInput body = new SteadyInput(new Sender(1, 1_000, 1_000), () -> now);

        assertTooSlow(body);
        assertThat(TimeUnit.NANOSECONDS.toSeconds(now)).isLessThanOrEqualTo(11);
    }

    @Test
    void shouldBreakOffASenderWhoSentMuchAtFirst() throws IOException {
        Sender sender = new Sender(1 << 20, 0, 1 << 20);
        SteadyInput body = new SteadyInput(sender, () -> now);
        assertThat(body.readNBytes(1 << 20)).hasSize(1 << 20);

        sender.goesOn(1, 60_000, 1_000);

        assertTooSlow(body);
    }

    @Test
    void shouldNotBlameTheSenderForTheTimeThatTheReaderTakes() throws IOException {
        SteadyInput body = new SteadyInput(new Sender(1, 0, 3), () -> now);
        for (int i = 0; i < 3; i++) {
            assertThat(body.read()).isNotNegative();
            now += TimeUnit.HOURS.toNanos(1);
        }
        assertThat(body.read()).isNegative();
    }

    @Test
    void shouldCallSilenceTooSlow() {
        SteadyInput silent = new SteadyInput(
                new Sender(1, 0, 0) {
                    @Override
                    public int read(byte[] bytes, int from, int length) throws IOException {
                        throw new IOException(new TimeoutException("idle"));
                    }
                },
                () -> now);

        assertTooSlow(silent);
    }

    private static void assertTooSlow(SteadyInput body) {
        assertThatThrownBy(body::readAllBytes)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ProblemCode.REQUEST_TIMEOUT));
    }

    /** Sends pieces with pauses before each. */
    private class Sender extends ServletInputStream {
        private int piece;
        private long pauseMs;
        private int left;

        Sender(int piece, long pauseMs, int total) {
            goesOn(piece, pauseMs, total);
        }

        final void goesOn(int nextPiece, long nextPauseMs, int total) {
            piece = nextPiece;
            pauseMs = nextPauseMs;
            left = total;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            now += TimeUnit.MILLISECONDS.toNanos(pauseMs);
            int count = Math.min(Math.min(piece, length), left);
            left -= count;
            return count;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("Expected to read pieces");
        }

        @Override
        public boolean isFinished() {
            return left == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("Expected blocking reads");
        }
    }
}
