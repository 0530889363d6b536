package dev.ratchet.document;

/**
 * One thing that is wrong with a document.
 *
 * @param pointer plain JSON pointer (RFC 6901) into the body that was sent; empty for the whole body
 * @param code an error code of the contract, part 8
 * @param message reads "Expected X, but Y"; names ids and limits
 */
public record Problem(String pointer, String code, String message) {}
