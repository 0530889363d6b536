package dev.ratchet.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Invariant I12 of {@code docs/reliability.md}: every history replays on today's engine, and ends as it did. */
class ReplayTest {
    private static Replay replay;

    @BeforeAll
    static void start() {
        replay = Replay.today();
    }

    @AfterAll
    static void stop() {
        replay.close();
    }

    static List<Path> histories() {
        return Corpus.all();
    }

    @ParameterizedTest
    @MethodSource("histories")
    void shouldReplay(Path history) {
        assertThatCode(() -> replay.replay(history)).doesNotThrowAnyException();
    }

    static List<Shape> shapes() {
        return Shapes.all();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void shouldHaveAHistoryThatShows(Shape shape) {
        assertThat(Corpus.of(shape.name()))
                .as("histories of %s", shape.name())
                .isNotEmpty()
                .anyMatch(history -> Corpus.readable(history).contains(shape.witness()));
    }
}
