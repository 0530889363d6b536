package dev.ratchet.task.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TokenEstimatorTest {
    private static final TokenEstimator TOKENS = new TokenEstimator();
    private static final String PROSE = "Some words of prose, a {\"key\": 12.5} and 漢字 with a 😀. ";

    @BeforeAll
    static void warmUp() {
        TOKENS.warmUp();
    }

    @Test
    void shouldCountNothingForNothingAndAtLeastOneForSomething() {
        assertThat(TOKENS.count(model("1"), "")).isZero();
        assertThat(TOKENS.count(model("0.1"), "a")).isEqualTo(1);
    }

    @Test
    void shouldMultiplyByTheFactorAndRoundUp() {
        String text = "one two three four five";

        assertThat(TOKENS.count(model("1"), text)).isEqualTo(5);
        assertThat(TOKENS.count(model("1.2"), text)).isEqualTo(6);
        assertThat(TOKENS.count(model("1.21"), text)).isEqualTo(7);
    }

    @Test
    void shouldCountInPiecesWhatItWouldCountAtOnce() {
        String text = PROSE.repeat(200);
        int atOnce = Tokenizer.CL100K.encoding().countTokensOrdinary(text);

        assertThat(text.length()).isGreaterThan(5 * TokenEstimator.CHUNK_CHARS);
        assertThat(TOKENS.count(model("1"), text)).isBetween((long) atOnce, atOnce * 1_005L / 1_000);
    }

    @Test
    void shouldBeBoundedInTimeWhateverTheText() {
        for (String unit : List.of("a", " ", "\n", "漢", "😀", "7", PROSE)) {
            String text = unit.repeat(10_000_000 / unit.length());

            Assertions.assertTimeout(
                    Duration.ofSeconds(10),
                    () -> assertThat(TOKENS.count(model("1"), text)).isPositive());
        }
    }

    @Test
    void shouldEstimateVeryLongTextsFromEvenlySpreadPieces() {
        long one = TOKENS.count(model("1"), PROSE.repeat(1_000));

        long thousand = TOKENS.count(model("1"), PROSE.repeat(100_000));

        assertThat(thousand).isBetween(one * 99, one * 101);
    }

    @Test
    void shouldCountHalvesOfSurrogatePairs() {
        assertThat(TOKENS.count(model("1"), "\ud83d")).isEqualTo(1);
        assertThat(TOKENS.count(model("1"), "a\ude00b")).isPositive();
    }

    @Test
    void shouldCutToTheTokensAllowed() {
        for (String factor : List.of("1", "1.2", "0.5")) {
            for (String text : List.of(
                    PROSE.repeat(400),
                    "a".repeat(50_000),
                    "😀".repeat(9_000),
                    "x🫠🦤".repeat(9_000),
                    " \n".repeat(9_000))) {
                for (long allowed : new long[] {1, 2, 7, 100, 1_000}) {
                    String cut = TOKENS.cut(model(factor), text, allowed);

                    assertThat(text).startsWith(cut);
                    assertThat(cut.length()).isLessThan(text.length());
                    assertThat(TOKENS.count(model(factor), cut)).isLessThanOrEqualTo(allowed);
                    assertThat(cut.isEmpty() || !Character.isHighSurrogate(cut.charAt(cut.length() - 1)))
                            .isTrue();
                }
            }
        }
    }

    @Test
    void shouldLeaveWhatFitsAsItIs() {
        assertThat(TOKENS.cut(model("1"), PROSE, 1_000)).isSameAs(PROSE);
        assertThat(TOKENS.cut(model("1"), PROSE, 0)).isEmpty();
    }

    @Test
    void shouldCountTheTextOfSpecialTokensAsText() {
        assertThat(TOKENS.count(model("1"), "<|endoftext|>")).isGreaterThan(1);
    }

    @Test
    void shouldCountTheSameOnManyThreads() throws Exception {
        long alone = TOKENS.count(model("1.2"), PROSE.repeat(50));
        Callable<Long> count = () -> TOKENS.count(model("1.2"), PROSE.repeat(50));

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Long> result :
                    threads.invokeAll(Stream.generate(() -> count).limit(64).toList())) {
                assertThat(result.get()).isEqualTo(alone);
            }
        }
    }

    private static Model model(String factor) {
        return new Model(
                "m",
                "p",
                new Pricing(BigDecimal.ONE, BigDecimal.ONE, "USD"),
                new Model.Limits(1_000, 1_000, 512),
                new Model.Counting(Tokenizer.CL100K, new BigDecimal(factor)));
    }
}
