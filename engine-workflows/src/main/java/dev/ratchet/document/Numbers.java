package dev.ratchet.document;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;

/**
 * What every reader of JSON in the engine does with numbers: they keep the digits they came with, {@code 1.10} and {@code
 * 18446744073709551615} alike, until somebody calculates with them.
 */
public final class Numbers {
    /** Makes nodes that keep digits. */
    public static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);

    private Numbers() {}

    /** A mapper that keeps digits; the one place where that is configured. */
    public static <M extends ObjectMapper, B extends MapperBuilder<M, B>> B exact(B builder) {
        return builder.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).nodeFactory(NODES);
    }

    /** Written out, a number has at most about as many digits; a zero may have any exponent, and nobody means it. */
    private static final int MAX_SCALE = 1_500;

    /** Whether a double comes near it: neither infinite, nor zero where it is not, nor zero of an absurd exponent. */
    static boolean isOfDoubleSize(BigDecimal number) {
        if (number.signum() == 0) {
            return Math.abs((long) number.scale()) <= MAX_SCALE;
        }
        double near = number.doubleValue();
        return Double.isFinite(near) && near != 0;
    }
}
