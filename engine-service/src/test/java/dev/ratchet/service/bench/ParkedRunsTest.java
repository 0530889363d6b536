package dev.ratchet.service.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.document.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ParkedRunsTest {
    private static final long MB = 1024 * 1024;

    @Test
    void shouldShareWhatIsHeldAmongTheRuns() {
        Retained before = new Retained(50 * MB, 70 * MB, MB, 200 * MB);
        Retained after = new Retained(60 * MB, 72 * MB, 2 * MB, 230 * MB);

        Figure figure = ParkedRuns.memory(after.minus(before), 1_024);

        assertThat(figure.value()).isEqualTo(13.0);
        assertThat(figure.beside())
                .containsExactly(Map.entry("heap", 10.0), Map.entry("outside", 3.0), Map.entry("resident", 30.0));
        assertThat(figure.reachesTarget()).isTrue();
    }

    @Test
    void shouldNotCountCompiledCodeThatWentAwayInFavourOfTheRuns() {
        Retained held = new Retained(10 * MB, -4 * MB, 0, 0);

        assertThat(ParkedRuns.memory(held, 1_024).value()).isEqualTo(10.0);
    }

    @Test
    void shouldJudgeByTheStartOfTheNextTaskAndShowTheEndBesideIt() {
        Figure figure = ParkedRuns.wakeUp(
                List.of(new ParkedRuns.Wake(20, 90), new ParkedRuns.Wake(30, 70), new ParkedRuns.Wake(10, 80)));

        assertThat(figure.value()).isEqualTo(20.0);
        assertThat(figure.beside()).containsEntry("end seen", 80.0);
    }

    @Test
    void shouldReadWhatTheChildPrintedAmongOtherLines() {
        Figure figure = new Figure("W7", "wake-up", "ms", 20, 50, Map.of("p95", 30.0));

        assertThat(ParkedRuns.read("a line\nparked " + Json.write(List.of(figure)) + "\n"))
                .containsExactly(figure);
    }

    @Test
    void shouldSayWhatTheChildPrintedWhenThatIsNoFigure() {
        assertThatThrownBy(() -> ParkedRuns.read("no room"))
                .hasMessage("Expected figures of parked runs, but: no room");
    }
}
