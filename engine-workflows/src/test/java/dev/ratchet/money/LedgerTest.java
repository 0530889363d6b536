package dev.ratchet.money;

import static dev.ratchet.testkit.PlanBuilder.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.document.Json;
import dev.ratchet.document.Money;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final Ledger ONE_DOLLAR = Ledger.withLimit(usd("1"));

    @Test
    void shouldAdmitExactlyUpToTheLimit() {
        Ledger ledger = ONE_DOLLAR.reserve(usd("0.4")).settle(usd("0.35"));

        assertThat(ledger.admits(usd("0.25"))).isTrue();
        assertThat(ledger.admits(usd("0.250000000001"))).isFalse();
        assertThat(ledger.admits(null)).isTrue();
    }

    @Test
    void shouldAdmitEverythingWithoutALimit() {
        assertThat(Ledger.withLimit(null).admits(usd("999999"))).isTrue();
    }

    @Test
    void shouldReturnWhatWasReservedAndNotSpent() {
        Ledger ledger = ONE_DOLLAR.reserve(usd("0.4")).release(usd("0.4")).settle(usd("0.1"));

        assertThat(ledger.hasReservations()).isFalse();
        assertThat(ledger.spent()).isEqualTo(usd("0.1"));
        assertThat(ledger.admits(usd("0.9"))).isTrue();
    }

    @Test
    void shouldCountWhatIsPresumedAsSpentAndShowIt() {
        Ledger ledger = ONE_DOLLAR.reserve(usd("0.4")).release(usd("0.4")).presume(usd("0.4"));

        assertThat(ledger.spent()).isEqualTo(usd("0.4"));
        assertThat(ledger.presumed()).isEqualTo(usd("0.4"));
    }

    @Test
    void shouldPayInFullAboveTheLimitAndAdmitNothingFurther() {
        Ledger ledger = ONE_DOLLAR.settle(usd("1.5"));

        assertThat(ledger.spent()).isEqualTo(usd("1.5"));
        assertThat(ledger.admits(usd("0.000000000001"))).isFalse();
    }

    @Test
    void shouldAdmitAgainOnceTheLimitIsRaised() {
        assertThat(ONE_DOLLAR.settle(usd("1")).raiseTo(usd("2")).admits(usd("1")))
                .isTrue();
    }

    @Test
    void shouldAddDecimalsExactly() {
        Ledger ledger = ONE_DOLLAR;
        for (int i = 0; i < 1_000; i++) {
            ledger = ledger.settle(usd("0.000000000001"));
        }

        assertThat(ledger.spent()).isEqualTo(usd("0.000000001000"));
    }

    @Test
    void shouldRefuseToAddDifferentUnits() {
        assertThatThrownBy(() -> ONE_DOLLAR.admits(new Money(BigDecimal.ONE, "credits")))
                .hasMessage("Expected an amount in credits, but it was in USD");
    }

    @Test
    void shouldTravelAsJsonWithoutLosingADigit() {
        Ledger ledger = ONE_DOLLAR.reserve(usd("0.000000000001")).settle(usd("123456.789012345678"));

        assertThat(Json.read(Json.write(ledger), Ledger.class)).isEqualTo(ledger);
    }
}
