package dev.ratchet.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Drawn runs under drawn faults on real processes. One round in the build; {@code ./ratchet chaos} plays more of them. What
 * the campaign says goes to standard output, and to the file {@code chaos.report} where one is named.
 */
class ChaosTest {
    private static final long SEED = Long.getLong("chaos.seed", System.nanoTime() & 0xffff_ffffL);
    private static final long MINUTES = Long.getLong("chaos.minutes", 0L);
    private static final String REPORT = System.getProperty("chaos.report", "");

    @Test
    void shouldKeepEveryPromiseWhateverFails() throws IOException {
        StringBuilder said = new StringBuilder();

        boolean clean = new Campaign(SEED, Duration.ofMinutes(MINUTES), out(said)).play();

        assertThat(clean).as("%s", said).isTrue();
    }

    /** What is said is there while the campaign goes on. */
    private static Appendable out(StringBuilder said) {
        return new Appendable() {
            @Override
            public Appendable append(CharSequence text) throws IOException {
                said.append(text);
                System.out.print(text);
                if (!REPORT.isEmpty()) {
                    Files.writeString(Path.of(REPORT), said);
                }
                return this;
            }

            @Override
            public Appendable append(CharSequence text, int start, int end) throws IOException {
                return append(text.subSequence(start, end));
            }

            @Override
            public Appendable append(char text) throws IOException {
                return append(Character.toString(text));
            }
        };
    }
}
