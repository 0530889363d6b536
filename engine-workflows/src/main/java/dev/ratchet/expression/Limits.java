package dev.ratchet.expression;

/** The bounds of every expression. Sizes of text in memory are counted in UTF-16 units, those of results in bytes. */
final class Limits {
    static final int SOURCE = 4 * 1024;
    static final int DEPTH = 50;
    static final int COMPREHENSIONS = 2;
    static final int ITERATIONS = 1_000;
    static final int TEXT_IN = 4 * 1024 * 1024;
    static final int RESULT = 8 * 1024 * 1024;
    /** What all steps of one evaluation may build together, garbage included. */
    static final long BUILT = 32L * 1024 * 1024;

    static final int JSON_DEPTH = 64;
    static final long NANOS = 1_000_000_000L;
    static final int SCHEMA = 64 * 1024;
    /** The longest text that is read as a time or duration. */
    static final int TIME_TEXT = 256;

    private Limits() {}
}
