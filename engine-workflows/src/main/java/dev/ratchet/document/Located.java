package dev.ratchet.document;

/**
 * A value with the place it came from.
 *
 * @param pointer plain JSON pointer into the body that was sent
 */
public record Located<T>(T value, String pointer) {}
