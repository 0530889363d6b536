package dev.ratchet.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.plan.Plan;

/**
 * Reads plans, and states of runs, that are too large to travel. Content-addressed, so the answer is the same at every replay. Thread-safe;
 * an unreadable blob throws, which fails the workflow task (and is tried again), never the run.
 */
public interface PlanSource {
    Plan byHash(String hash);

    /** What {@link InlineActivity#carry} stored. */
    JsonNode carried(String ref);
}
