package dev.ratchet.service.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FigureTest {
    @Test
    void shouldTakeTheMedianAndShowTheSlowestBesideIt() {
        List<Double> times =
                IntStream.rangeClosed(1, 100).mapToObj(i -> (double) (101 - i)).toList();

        Figure figure = Figure.ofTimes("W8", "GET", 50, times);

        assertThat(figure.value()).isEqualTo(50.5);
        assertThat(figure.beside()).containsExactly(Map.entry("p95", 95.0), Map.entry("max", 100.0));
    }

    @Test
    void shouldReachItsTargetExactlyAndMissItAbove() {
        assertThat(new Figure("W7", "wake-up", "ms", 50, 50, Map.of()).reachesTarget())
                .isTrue();
        assertThat(new Figure("W7", "wake-up", "ms", 50.1, 50, Map.of()).reachesTarget())
                .isFalse();
    }

    @Test
    void shouldTakeASingleTimeForAll() {
        Figure figure = Figure.ofTimes("W8", "GET", 10, List.of(7.0));

        assertThat(figure.value()).isEqualTo(7.0);
        assertThat(figure.beside()).containsEntry("p95", 7.0);
    }
}
