package dev.ratchet.task.model;

/**
 * A model that an engine offers.
 *
 * @param simulated whether the simulated model answers for it
 */
public record ModelOffer(Model model, boolean simulated) {}
