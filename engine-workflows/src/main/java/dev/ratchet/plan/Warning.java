package dev.ratchet.plan;

/**
 * Something in a sound document that its author probably did not mean.
 *
 * @param pointer plain JSON pointer into the body that was sent
 * @param message one sentence
 */
public record Warning(String pointer, String message) {}
