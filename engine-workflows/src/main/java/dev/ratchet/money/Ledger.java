package dev.ratchet.money;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ratchet.document.Money;
import org.jspecify.annotations.Nullable;

/**
 * What a run may spend, has set aside and has spent. One unit for all amounts, set by the first of them. Immutable.
 *
 * @param limit absent when nothing limits the run
 * @param spent settled usage, {@code presumed} included
 * @param reserved set aside for attempts that are admitted and not settled
 * @param presumed part of {@code spent} that nobody reported: deliveries of unknown cost are presumed to have cost this
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Ledger(
        @Nullable Money limit,
        @Nullable Money spent,
        @Nullable Money reserved,
        @Nullable Money presumed) {
    public static Ledger withLimit(@Nullable Money limit) {
        return new Ledger(limit, null, null, null);
    }

    /** Whether the amount can be reserved: exactly at the limit is allowed. */
    public boolean admits(@Nullable Money amount) {
        if (limit == null || amount == null) {
            return true;
        }
        Money committed = add(add(spent, reserved), amount);
        return committed == null || !committed.exceeds(limit);
    }

    public Ledger reserve(@Nullable Money amount) {
        return new Ledger(limit, spent, add(reserved, amount), presumed);
    }

    public Ledger release(@Nullable Money amount) {
        return amount == null || reserved == null ? this : new Ledger(limit, spent, reserved.minus(amount), presumed);
    }

    /**
     * Counts a cost as spent.
     *
     * @param unreported the part of it that is presumed; absent when none is
     */
    public Ledger settle(@Nullable Money cost, @Nullable Money unreported) {
        return new Ledger(limit, add(spent, cost), reserved, add(presumed, unreported));
    }

    /** Counts a cost that was reported as spent. */
    public Ledger settle(@Nullable Money cost) {
        return settle(cost, null);
    }

    /** Counts as spent what a delivery is presumed to have cost that never said so. */
    public Ledger presume(@Nullable Money cost) {
        return settle(cost, cost);
    }

    /** Whether all that may be spent is: then only what costs nothing may go on. */
    @JsonIgnore
    public boolean isSpent() {
        return limit != null && spent != null && !limit.exceeds(spent);
    }

    public Ledger raiseTo(Money newLimit) {
        return new Ledger(newLimit, spent, reserved, presumed);
    }

    /** Whether money is set aside that may yet return. */
    public boolean hasReservations() {
        return reserved != null && !reserved.isZero();
    }

    private static @Nullable Money add(@Nullable Money a, @Nullable Money b) {
        return a == null ? b : b == null ? a : a.plus(b);
    }
}
