package dev.ratchet.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.ratchet.document.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Runs with everything in them, to which anything happens at any time: after each wake-up all that is kept beside the tasks
 * follows from the tasks, each request that was accepted has its effect, and a run that is renewed goes the way it would have
 * gone. A failure names its seed, shrinks the run and what happens to it, and leaves both in a file that replays it.
 *
 * <p>{@code -Dcampaign} plays a million runs instead, {@code -Dcampaign=N} as many as it says, {@code -Dcampaign.seed=S}
 * from another seed on; {@code -Dreplay=FILE} tells the story of a failure.
 */
class DisturbedRunsTest {
    private static final long RUNS = 5_000;
    private static final long CAMPAIGN = 1_000_000;

    @Test
    void shouldKeepEverythingInOrderWhateverHappens() {
        long first = Long.getLong("campaign.seed", 0);
        LongStream.range(first, first + runs()).parallel().forEach(seed -> {
            String wrong = DrawnRuns.of(seed).check();
            if (wrong != null) {
                report(seed, wrong);
            }
        });
    }

    private static long runs() {
        String campaign = System.getProperty("campaign");
        return campaign == null
                ? RUNS
                : campaign.isEmpty() || campaign.equals("true") ? CAMPAIGN : Long.parseLong(campaign);
    }

    private static void report(long seed, String wrong) {
        String promise = promise(wrong);
        Disturbance smallest = Disturbances.shrink(DrawnRuns.of(seed), candidate -> {
            String other = candidate.check();
            return other != null && promise(other).equals(promise);
        });
        Path file = Path.of("target", "disturbed-" + seed + ".json");
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, Json.write(smallest));
        } catch (IOException e) {
            throw new IllegalStateException("Expected to write " + file.toAbsolutePath() + ", but cannot", e);
        }
        fail("seed " + seed + ": " + smallest.check() + "\nto replay it: -Dreplay=" + file.toAbsolutePath() + "\n"
                + smallest.story());
    }

    /** What is wrong, without whom it befell. */
    private static String promise(String wrong) {
        return wrong.replaceAll("( of |: |\\[).*", "");
    }

    @Test
    @EnabledIfSystemProperty(named = "replay", matches = ".+")
    void shouldReplay() throws IOException {
        Disturbance failure = Json.read(Files.readString(Path.of(System.getProperty("replay"))), Disturbance.class);

        assertThat(failure.check()).as(failure.story()).isNull();
    }

    @Test
    void shouldTravelAsJson() {
        LongStream.range(0, 200).forEach(seed -> {
            Disturbance drawn = DrawnRuns.of(seed);

            assertThat(Json.read(Json.write(drawn), Disturbance.class)).isEqualTo(drawn);
        });
    }
}
