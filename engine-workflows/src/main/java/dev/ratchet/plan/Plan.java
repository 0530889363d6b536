package dev.ratchet.plan;

/**
 * The validated graph of one revision of a run. Compiled once from a document, content-addressed by the hash of its
 * JSON. Immutable.
 */
public record Plan(PlanPolicy policy, Scope root) {}
