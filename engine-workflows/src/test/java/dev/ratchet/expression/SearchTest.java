package dev.ratchet.expression;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTest {
    @Test
    void shouldFindWhatTheJdkFinds() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            String text = random(random, 300);
            int from = random.nextInt(text.length());
            String searched = text.substring(from, Math.min(text.length(), from + 65 + random.nextInt(60)));
            String changed = searched.substring(1) + "ab".charAt(random.nextInt(2));

            assertThat(TextSearch.contains(text, searched)).isEqualTo(text.contains(searched));
            assertThat(TextSearch.contains(text, changed)).isEqualTo(text.contains(changed));
        }
    }

    private static String random(Random random, int length) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append("ab".repeat(random.nextInt(12))).append("ab".charAt(random.nextInt(2)));
        }
        return text.toString();
    }

    @Test
    @Timeout(5)
    void shouldStayLinearForTextsMadeToBeSlow() {
        String text = "a".repeat(4_000_000);

        assertThat(TextSearch.contains(text, "a".repeat(1_000_000) + "b")).isFalse();
        assertThat(TextSearch.contains(text + "b", "a".repeat(1_000_000) + "b")).isTrue();
    }

    /** The estimate may be too high, but never far below what is compiled: it is all that stands before the unrolling. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "abc",
                "a{10}",
                "(ab|c){20}",
                "((a{5}){6}x){7}",
                "[a-z0-9]{8}-([a-f]{4}-){3}[a-f]{12}",
                "\\d{4}-\\d{2}",
                "\\Qa{9}\\E{3}",
                "[]a{9}]{4}",
                "[[:alpha:]]{9}",
                "(?i)hello{3,5}",
                "a{,5}",
                "x{y}",
                "(a|b*|c+?){0,50}",
                "(?:(?:a?){30}){30}",
                "^(\\w+\\s?){1,5}$",
                "a)b",
                "(((",
            })
    void shouldEstimateThePatternsSize(String pattern) {
        long estimate = PatternSize.estimate(pattern);

        assertThat(estimate).isPositive().isLessThan(100_000);
        try {
            assertThat(Pattern.compile(pattern).programSize()).isLessThanOrEqualTo((int) (4 * estimate + 10));
        } catch (com.google.re2j.PatternSyntaxException e) {
            assertThat(pattern).matches("a\\)b|\\(\\(\\(|a\\{,5}");
        }
    }
}
