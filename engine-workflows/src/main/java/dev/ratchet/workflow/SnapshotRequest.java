package dev.ratchet.workflow;

/**
 * What a reader wants.
 *
 * @param since answer only tasks that changed after this version; 0 for all
 * @param tasks whether to answer tasks at all
 */
public record SnapshotRequest(long since, boolean tasks) {}
