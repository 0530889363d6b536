package dev.ratchet.queue;

/**
 * A job that one agent has for a while.
 *
 * @param number unique in its queue, so that whoever had the job before can be told from whoever has it now
 * @param until epoch milliseconds; from then on others may have it
 */
public record Lease(QueuedJob job, long number, long until) {}
