package dev.ratchet.service.resources;

/**
 * What patches are held to (contract, part 10).
 *
 * @param operations of one patch
 * @param bytes of one request
 * @param patches of one run
 */
public record PatchLimits(int operations, int bytes, int patches) {}
