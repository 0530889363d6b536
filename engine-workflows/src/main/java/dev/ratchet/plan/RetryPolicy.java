package dev.ratchet.plan;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/**
 * How often and how soon a failed attempt is repeated. The run decides each attempt; nothing below it retries.
 *
 * @param maxAttempts 1 or more; 1 means never again
 * @param initialIntervalMs delay before the second attempt
 * @param backoff factor of the delay from attempt to attempt, 1 or more
 * @param maxIntervalMs upper bound of the delay
 * @param retryOn error codes that are retried; empty means whatever the executor calls retryable
 */
public record RetryPolicy(
        int maxAttempts, long initialIntervalMs, BigDecimal backoff, long maxIntervalMs, List<String> retryOn) {
    /** One attempt, which is the default. */
    public static final RetryPolicy ONCE = new RetryPolicy(1, 1_000, BigDecimal.TWO, 60_000, List.of());

    /** Codes of failures that another attempt cannot mend: never retried, whatever {@code retryOn} says. */
    public static final Set<String> NEVER = Set.of(
            "invalid_input",
            "egress_denied",
            "budget_exceeded",
            "model_unknown",
            "condition_failed",
            "output_too_large");

    public RetryPolicy {
        retryOn = List.copyOf(retryOn);
    }

    /** Whether an attempt that failed with the code may be followed by another one. */
    public boolean allows(int attempt, String code, boolean retryable) {
        return attempt < maxAttempts
                && !NEVER.contains(code)
                && (retryOn.isEmpty() ? retryable : retryOn.contains(code));
    }

    /**
     * The delay after the failed attempt {@code attempt} (counted from 1), in milliseconds. In doubles, whose arithmetic
     * is the same on every JVM (JLS 15.4), and only multiplications.
     */
    public long delayAfter(int attempt) {
        double delay = initialIntervalMs;
        for (int i = 1; i < attempt && delay < maxIntervalMs; i++) {
            delay *= backoff.doubleValue();
        }
        return (long) Math.min(delay, maxIntervalMs);
    }
}
