package dev.ratchet.document;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@code retry} object as written; what is absent is left to the policy above. */
public record RetryDocument(
        @Nullable Integer maxAttempts,
        @Nullable Long initialIntervalMs,
        @Nullable BigDecimal backoff,
        @Nullable Long maxIntervalMs,
        @Nullable List<String> retryOn) {
    /** Says nothing. */
    public static final RetryDocument NONE = new RetryDocument(null, null, null, null, null);

    public RetryDocument {
        retryOn = retryOn == null ? null : List.copyOf(retryOn);
    }

    /** This, and where it says nothing, the other. */
    public RetryDocument over(RetryDocument other) {
        return new RetryDocument(
                maxAttempts == null ? other.maxAttempts : maxAttempts,
                initialIntervalMs == null ? other.initialIntervalMs : initialIntervalMs,
                backoff == null ? other.backoff : backoff,
                maxIntervalMs == null ? other.maxIntervalMs : maxIntervalMs,
                retryOn == null ? other.retryOn : retryOn);
    }
}
