package dev.ratchet.expression;

/**
 * An expression that cannot be compiled ({@link #INVALID}) or whose evaluation failed. The message reads "Expected X, but Y"
 * and holds neither a value nor a class name, so it may be shown to a user even where secrets took part.
 */
public final class ExpressionException extends RuntimeException {
    /** The text cannot be compiled, is too large, or reads what it may not read. */
    public static final String INVALID = "expression_invalid";
    /** The evaluation failed: a missing field, a division by zero, a limit. Never worth a retry. */
    public static final String FAILED = "execution_failed";
    /** The evaluation of a condition failed, or its result was no boolean. */
    public static final String CONDITION_FAILED = "condition_failed";

    private static final long serialVersionUID = 1L;

    private final String code;

    public ExpressionException(String code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    public String code() {
        return code;
    }

    /** The message, never null here. */
    public String text() {
        return String.valueOf(getMessage());
    }

    /** The same problem under another code, for a caller that knows better what failed. */
    public ExpressionException withCode(String other) {
        return new ExpressionException(other, text());
    }

    static ExpressionException invalid(String message) {
        return new ExpressionException(INVALID, message);
    }

    static ExpressionException failed(String message) {
        return new ExpressionException(FAILED, message);
    }
}
