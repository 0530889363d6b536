package dev.ratchet.service.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.service.problem.ProblemCode;
import dev.ratchet.service.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import org.junit.jupiter.api.Test;

class BytesInFlightTest {
    private final BytesInFlight inFlight = new BytesInFlight(1_000);

    @Test
    void shouldReadABodyToItsEndOrItsLimit() throws IOException {
        assertThat(inFlight.read(of(900), 2_000)).hasSize(900);
        assertThat(inFlight.read(of(900), 10)).hasSize(10);
        assertThat(inFlight.read(of(0), 10)).isEmpty();
    }

    @Test
    void shouldRefuseWhatIsTooMuchBesideABodyThatIsStillBeingReceived() throws IOException {
        InputStream meanwhile = new InputStream() {
            @Override
            public int read() throws IOException {
                assertThatThrownBy(() -> inFlight.read(of(600), 2_000))
                        .isInstanceOfSatisfying(ProblemException.class, refusal -> {
                            assertThat(refusal.code()).isEqualTo(ProblemCode.OVERLOADED);
                            assertThat(refusal.retryAfter()).isNotNull();
                        });
                return -1;
            }
        };

        assertThat(inFlight.read(new SequenceInputStream(of(600), meanwhile), 2_000))
                .hasSize(600);
        assertThat(inFlight.read(of(1_000), 2_000)).as("given back").hasSize(1_000);
    }

    private static InputStream of(int size) {
        return new ByteArrayInputStream(new byte[size]);
    }
}
