package dev.ratchet.run;

import dev.ratchet.plan.Edge;
import dev.ratchet.verdict.EdgeStatus;
import org.jspecify.annotations.Nullable;

/**
 * What an edge says.
 *
 * @param conditionError why its condition could not be evaluated; then {@code status} is what a false one gives
 */
public record EdgeReading(
        Edge edge, EdgeStatus status, @Nullable String conditionError) {}
