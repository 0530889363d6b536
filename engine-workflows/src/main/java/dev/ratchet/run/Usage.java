package dev.ratchet.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ratchet.document.Money;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt used.
 *
 * @param cost absent when nothing of it has a price
 * @param presumed the part of {@code cost} that nobody reported: what was set aside for deliveries that never said what
 *     they used; absent when all of it was reported
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Usage(
        long inputTokens,
        long outputTokens,
        @Nullable Money cost,
        @Nullable Money presumed) {
    public static final Usage NONE = new Usage(0, 0, null);

    /** All of it reported. */
    public Usage(long inputTokens, long outputTokens, @Nullable Money cost) {
        this(inputTokens, outputTokens, cost, null);
    }

    /** What was set aside, presumed to be spent; absent when nothing was. */
    static @Nullable Usage presumed(@Nullable Money setAside) {
        return setAside == null ? null : new Usage(0, 0, setAside, setAside);
    }

    public Usage plus(Usage other) {
        return new Usage(
                inputTokens + other.inputTokens,
                outputTokens + other.outputTokens,
                sum(cost, other.cost),
                sum(presumed, other.presumed));
    }

    @JsonIgnore
    public long tokens() {
        return inputTokens + outputTokens;
    }

    /** Whether it cost anything. */
    @JsonIgnore
    public boolean isPriced() {
        return cost != null && !cost.isZero();
    }

    @JsonIgnore
    public boolean isNone() {
        return tokens() == 0 && cost == null;
    }

    private static @Nullable Money sum(@Nullable Money a, @Nullable Money b) {
        return a == null ? b : b == null ? a : a.plus(b);
    }
}
