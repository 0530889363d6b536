package dev.ratchet.service.api;

import dev.ratchet.run.Usage;
import org.jspecify.annotations.Nullable;

/** Tokens, and what they cost where they have a price. */
public record UsageBody(
        long tokens,
        long inputTokens,
        long outputTokens,
        @Nullable MoneyBody cost) {
    static UsageBody of(Usage usage) {
        return new UsageBody(usage.tokens(), usage.inputTokens(), usage.outputTokens(), MoneyBody.of(usage.cost()));
    }

    static @Nullable UsageBody ofNullable(@Nullable Usage usage) {
        return usage == null ? null : of(usage);
    }
}
