package dev.ratchet.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ratchet.document.Money;
import org.jspecify.annotations.Nullable;

/** What an attempt may cost, before it is made. {@code cost} is absent when it has no price. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Estimate(
        long inputTokens, long outputTokens, @Nullable Money cost) {}
