package dev.ratchet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    private static final RetryPolicy DOUBLING = new RetryPolicy(5, 1_000, BigDecimal.TWO, 6_000, List.of());

    @Test
    void shouldRetryWhatTheExecutorCallsRetryableUntilTheAttemptsAreUsed() {
        assertThat(DOUBLING.allows(1, "timeout", true)).isTrue();
        assertThat(DOUBLING.allows(4, "timeout", true)).isTrue();
        assertThat(DOUBLING.allows(5, "timeout", true)).isFalse();
        assertThat(DOUBLING.allows(1, "invalid_input", false)).isFalse();
    }

    @Test
    void shouldRetryOnlyTheCodesNamedWhereCodesAreNamed() {
        RetryPolicy named = new RetryPolicy(3, 1_000, BigDecimal.ONE, 1_000, List.of("output_invalid"));

        assertThat(named.allows(1, "output_invalid", false)).isTrue();
        assertThat(named.allows(1, "timeout", true)).isFalse();
    }

    @Test
    void shouldNeverRetryByDefault() {
        assertThat(RetryPolicy.ONCE.allows(1, "timeout", true)).isFalse();
    }

    @Test
    void shouldDoubleTheDelayUpToItsBound() {
        assertThat(IntStream.rangeClosed(1, 5).mapToLong(DOUBLING::delayAfter))
                .containsExactly(1_000L, 2_000L, 4_000L, 6_000L, 6_000L);
    }

    @Test
    void shouldNotOverflowAfterManyAttempts() {
        RetryPolicy patient = new RetryPolicy(1_000_000, 1, new BigDecimal("10"), Long.MAX_VALUE, List.of());

        assertThat(patient.delayAfter(1_000_000)).isEqualTo(Long.MAX_VALUE);
        assertThat(DOUBLING.delayAfter(1_000_000)).isEqualTo(6_000);
    }

    @Test
    void shouldNotWaitLongerForAFirstDelayAboveTheBound() {
        assertThat(new RetryPolicy(2, 9_000, BigDecimal.TWO, 5_000, List.of()).delayAfter(1))
                .isEqualTo(5_000);
    }
}
