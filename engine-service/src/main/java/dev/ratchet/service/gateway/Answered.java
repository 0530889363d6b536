package dev.ratchet.service.gateway;

/**
 * What became of an answer.
 *
 * @param task as it is after it
 * @param settled false when the answer is kept until the task waits, or nobody has said yet what became of it
 */
public record Answered(AskedTask task, boolean settled) {}
