package dev.ratchet.workflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.plan.Plan;

/**
 * A piece of the plan that travels to one worker.
 *
 * @param plan the members and, as nodes without edges, the settled tasks outside that they depend on; its policy is the
 *     run's, with the parallelism the run grants and dataflow scheduling
 * @param carried the state of the settled tasks, as a run carries it over continue-as-new
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GroupPiece(String name, Plan plan, JsonNode carried) {}
