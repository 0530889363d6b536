package dev.ratchet.workflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ratchet.plan.Plan;
import dev.ratchet.run.CarriedTask;
import java.util.List;

/**
 * A piece of the plan that travels to one worker.
 *
 * @param name of the group
 * @param plan the members and, as nodes without edges, the settled tasks outside that they need; the policy is the run's
 * @param settled the state of the latter
 * @param slots how many attempts may be side by side
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record GroupPiece(String name, Plan plan, List<CarriedTask> settled, int slots) {
    public GroupPiece {
        settled = settled == null ? List.of() : List.copyOf(settled);
    }
}
