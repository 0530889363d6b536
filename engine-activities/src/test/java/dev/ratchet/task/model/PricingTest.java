package dev.ratchet.task.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.document.Money;
import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PricingTest {
    @Test
    void shouldPriceTokensExactly() {
        Pricing haiku = new Pricing(new BigDecimal("0.25"), new BigDecimal("1.25"), "USD");

        assertThat(haiku.cost(380, 120)).isEqualTo(new Money(new BigDecimal("0.000245"), "USD"));
        assertThat(haiku.cost(4_000_000, 0)).isEqualTo(new Money(new BigDecimal("1"), "USD"));
        assertThat(haiku.cost(0, 0).isZero()).isTrue();
    }

    @Test
    void shouldAddATenthAndTwoTenthsToThreeTenths() {
        Pricing pricing = new Pricing(new BigDecimal("1.00"), new BigDecimal("2.00"), "USD");

        Money sum = pricing.cost(100_000, 0).plus(pricing.cost(0, 100_000));

        assertThat(sum).isEqualTo(new Money(new BigDecimal("0.3"), "USD"));
    }

    @Test
    void shouldWriteWholeAmountsWithoutAnExponent() {
        Pricing pricing = new Pricing(new BigDecimal("15"), new BigDecimal("75.00"), "USD");

        assertThat(pricing.cost(20_000_000, 0).amount().toString()).isEqualTo("300");
    }

    @Test
    void shouldNeverRoundNorNeedMoreThanTwelveDecimals() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            BigDecimal in = BigDecimal.valueOf(random.nextLong(1_000_000_000), Pricing.MAX_DECIMALS);
            BigDecimal out = BigDecimal.valueOf(random.nextLong(1_000_000_000), Pricing.MAX_DECIMALS);
            long inTokens = random.nextLong(1_000_000);
            long outTokens = random.nextLong(1_000_000);

            BigDecimal cost =
                    new Pricing(in, out, "USD").cost(inTokens, outTokens).amount();

            assertThat(cost.scale()).isBetween(0, Money.MAX_DECIMALS);
            assertThat(cost.precision()).isLessThanOrEqualTo(Money.MAX_DIGITS);
            assertThat(cost.multiply(new BigDecimal("1000000")))
                    .isEqualByComparingTo(
                            in.multiply(BigDecimal.valueOf(inTokens)).add(out.multiply(BigDecimal.valueOf(outTokens))));
        }
    }
}
