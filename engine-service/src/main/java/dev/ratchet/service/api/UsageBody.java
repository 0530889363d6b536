package dev.ratchet.service.api;

import dev.ratchet.run.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Tokens, and what they cost where they have a price.
 *
 * @param presumed the part of the cost that nobody reported; absent when there is none
 */
public record UsageBody(
        long tokens,
        long inputTokens,
        long outputTokens,
        @Nullable MoneyBody cost,
        @Nullable MoneyBody presumed) {
    static UsageBody of(Usage usage) {
        return new UsageBody(
                usage.tokens(),
                usage.inputTokens(),
                usage.outputTokens(),
                MoneyBody.of(usage.cost()),
                MoneyBody.of(usage.presumed()));
    }

    static @Nullable UsageBody ofNullable(@Nullable Usage usage) {
        return usage == null ? null : of(usage);
    }
}
