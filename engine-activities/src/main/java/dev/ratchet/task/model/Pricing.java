package dev.ratchet.task.model;

import dev.ratchet.document.Money;
import dev.ratchet.run.Usage;
import java.math.BigDecimal;

/**
 * What a model costs, in exact decimals (contract, part 6). Immutable.
 *
 * <p>Prices have at most {@value #MAX_DECIMALS} decimals, so the cost of whole tokens never has more than twelve and no
 * amount is ever rounded.
 *
 * @param input price of a million input tokens
 * @param output price of a million output tokens
 * @param currency such as {@code USD}
 */
public record Pricing(BigDecimal input, BigDecimal output, String currency) {
    static final int MAX_DECIMALS = 6;
    static final BigDecimal MAX_PRICE = BigDecimal.valueOf(10_000);
    private static final int MILLION_DIGITS = 6;

    /** The exact cost of a call. */
    public Money cost(long inputTokens, long outputTokens) {
        BigDecimal in = input.multiply(BigDecimal.valueOf(inputTokens));
        BigDecimal out = output.multiply(BigDecimal.valueOf(outputTokens));
        return new Money(plain(in.add(out).movePointLeft(MILLION_DIGITS)), currency);
    }

    /** Tokens together with what they cost. */
    public Usage usage(long inputTokens, long outputTokens) {
        return new Usage(inputTokens, outputTokens, cost(inputTokens, outputTokens));
    }

    private static BigDecimal plain(BigDecimal amount) {
        BigDecimal stripped = amount.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
