package dev.ratchet.task.transform;

import com.fasterxml.jackson.databind.node.BigIntegerNode;
import java.math.BigInteger;

/**
 * An integer beyond 64 bits inside of a program: compared and written whole, but the library, which would calculate with the
 * double or the 64 bits nearest to it, gets none.
 */
final class JqWideInteger extends BigIntegerNode {
    private static final long serialVersionUID = 1L;

    JqWideInteger(BigInteger value) {
        super(value);
    }

    static JqBounds.Exceeded refusal() {
        return new JqBounds.Exceeded("Expected a 64-bit integer, but there is a wider one, which only passes through");
    }

    @Override
    public double doubleValue() {
        throw refusal();
    }

    @Override
    public float floatValue() {
        throw refusal();
    }

    @Override
    public long longValue() {
        throw refusal();
    }

    @Override
    public int intValue() {
        throw refusal();
    }
}
