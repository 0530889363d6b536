package dev.ratchet.document;

import java.math.BigDecimal;

/**
 * A decimal amount of a unit: a currency such as {@code USD}, or {@code credits}.
 *
 * <p>At most 18 digits and 12 decimals (contract, part 6), so that sums stay exact and bounded. Immutable.
 *
 * @param amount the decimal value; never a binary float
 * @param currency the unit; amounts of different units are never added
 */
public record Money(BigDecimal amount, String currency) {
    public static final int MAX_DIGITS = 18;
    public static final int MAX_DECIMALS = 12;

    /** The amount 0 of a unit. */
    public static Money zero(String currency) {
        return new Money(BigDecimal.ZERO, currency);
    }

    public Money plus(Money other) {
        return new Money(amount.add(sameUnit(other).amount), currency);
    }

    public Money minus(Money other) {
        return new Money(amount.subtract(sameUnit(other).amount), currency);
    }

    public boolean exceeds(Money limit) {
        return amount.compareTo(sameUnit(limit).amount) > 0;
    }

    public boolean isZero() {
        return amount.signum() == 0;
    }

    private Money sameUnit(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException(
                    "Expected an amount in " + currency + ", but it was in " + other.currency);
        }
        return other;
    }

    @Override
    public String toString() {
        return amount.stripTrailingZeros().toPlainString() + " " + currency;
    }
}
