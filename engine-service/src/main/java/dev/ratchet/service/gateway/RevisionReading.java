package dev.ratchet.service.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A revision as a reader learns it.
 *
 * @param at epoch milliseconds
 * @param task in whose name it was made
 * @param operations as they were asked for; absent of the submitted graph
 */
public record RevisionReading(
        int revision,
        long at,
        @Nullable String by,
        @Nullable String task,
        @Nullable String description,
        @Nullable JsonNode operations) {}
