package dev.ratchet.task.model;

import java.math.BigDecimal;

/**
 * One model of the catalogue. Immutable; a prepared prompt carries a copy, so that it is paid for at the prices under
 * which its money was reserved.
 *
 * @param provider name of the provider that answers for it, such as {@code anthropic}
 */
public record Model(String id, String provider, Pricing pricing, Limits limits, Counting counting) {
    /**
     * Tokens.
     *
     * @param context what one call may take in
     * @param maxOutput what one call may give out at most
     * @param expectedOutput what is reserved for a prompt that sets no {@code max_output_tokens}
     */
    public record Limits(long context, long maxOutput, long expectedOutput) {
        /** Reserved where the catalogue says nothing (contract, part 6). */
        public static final long DEFAULT_EXPECTED_OUTPUT = 512;
    }

    /**
     * How tokens are estimated.
     *
     * @param factor actual tokens of the model for each token of the public vocabulary
     */
    public record Counting(Tokenizer tokenizer, BigDecimal factor) {}
}
