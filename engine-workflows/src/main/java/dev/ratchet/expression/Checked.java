package dev.ratchet.expression;

/**
 * An expression that compiles and reads only what it may read.
 *
 * @param expression the CEL text
 * @param reads what it reads
 */
public record Checked(String expression, Reads reads) {}
