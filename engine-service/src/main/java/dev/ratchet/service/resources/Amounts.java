package dev.ratchet.service.resources;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Money;
import dev.ratchet.service.problem.ProblemException;
import java.math.BigDecimal;

/** Reads amounts of money. */
final class Amounts {
    private static final int MAX_CURRENCY = 16;

    private Amounts() {}

    /** An amount above 0 with at most 18 digits and 12 decimals, and its currency. */
    static Money read(JsonNode json, String pointer) {
        JsonNode amount = json.path("amount");
        JsonNode currency = json.path("currency");
        if (!amount.isNumber()) {
            throw ProblemException.invalid(pointer + "/amount", "Expected amount to be a number, but it is not");
        }
        if (!currency.isTextual()
                || currency.textValue().isEmpty()
                || currency.textValue().length() > MAX_CURRENCY) {
            throw ProblemException.invalid(
                    pointer + "/currency", "Expected currency to be a short text, but it is not");
        }
        BigDecimal value = amount.decimalValue().stripTrailingZeros();
        if (value.signum() <= 0
                || value.scale() > Money.MAX_DECIMALS
                || value.precision() - value.scale() > Money.MAX_DIGITS
                || value.precision() > Money.MAX_DIGITS) {
            throw ProblemException.invalid(
                    pointer + "/amount",
                    "Expected amount to be above 0 with at most " + Money.MAX_DIGITS + " digits and "
                            + Money.MAX_DECIMALS + " decimals, but it is not");
        }
        return new Money(value, currency.textValue());
    }
}
