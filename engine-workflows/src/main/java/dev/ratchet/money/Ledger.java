package dev.ratchet.money;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ratchet.document.Money;
import org.jspecify.annotations.Nullable;

/**
 * What a run may spend, has set aside and has spent. One unit for all amounts, set by the first of them. Immutable.
 *
 * @param limit absent when nothing limits the run
 * @param spent settled usage, {@code presumed} included
 * @param reserved set aside for attempts that are admitted and not settled
 * @param presumed part of {@code spent} that lost deliveries are presumed to have cost
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

    public Ledger settle(@Nullable Money cost) {
        return new Ledger(limit, add(spent, cost), reserved, presumed);
    }

    /** Settles what a lost delivery is presumed to have cost. */
    public Ledger presume(@Nullable Money cost) {
        return new Ledger(limit, add(spent, cost), reserved, add(presumed, cost));
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
