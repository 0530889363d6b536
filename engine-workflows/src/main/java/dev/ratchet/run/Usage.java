package dev.ratchet.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ratchet.document.Money;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt used.
 *
 * @param cost absent when nothing of it has a price
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Usage(
        long inputTokens, long outputTokens, @Nullable Money cost) {
    public static final Usage NONE = new Usage(0, 0, null);

    public Usage plus(Usage other) {
        return new Usage(inputTokens + other.inputTokens, outputTokens + other.outputTokens, sum(cost, other.cost));
    }

    @JsonIgnore
    public long tokens() {
        return inputTokens + outputTokens;
    }

    @JsonIgnore
    public boolean isNone() {
        return tokens() == 0 && cost == null;
    }

    private static @Nullable Money sum(@Nullable Money a, @Nullable Money b) {
        return a == null ? b : b == null ? a : a.plus(b);
    }
}
