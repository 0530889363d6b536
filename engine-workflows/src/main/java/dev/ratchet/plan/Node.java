package dev.ratchet.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task of a plan: what the worker must know, and how the engine treats it.
 *
 * @param task what travels to the worker
 * @param mode how it is carried out
 * @param quick whether it is known to take next to no time, so that it travels in packs from the start
 * @param edges dependencies in the order written
 * @param late conditions to answer when everything upstream is settled: the late edge conditions, in edge order
 * @param when the task's own condition in canonical JSON; absent when there is none
 * @param lateReads ids of tasks that {@code late} and {@code when} read
 * @param rule its trigger rule, the run's default filled in
 * @param retry its retry policy, the run's default filled in
 * @param group name of the group it travels with; absent when it travels alone
 * @param taskQueue worker pool; absent for the engine's own
 * @param cost credits; absent when the type's cost counts
 * @param priority 1 (first) to 5, 0 when not given
 * @param body the scope of a composite task; absent on plain ones
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Node(
        TaskSpec task,
        Policies.ExecutionMode mode,
        boolean quick,
        List<Edge> edges,
        List<JsonNode> late,
        @Nullable JsonNode when,
        List<String> lateReads,
        Policies.TriggerRule rule,
        RetryPolicy retry,
        boolean allowFailure,
        @Nullable String group,
        @Nullable String taskQueue,
        @Nullable BigDecimal cost,
        int priority,
        @Nullable Scope body) {
    public Node {
        edges = edges == null ? List.of() : List.copyOf(edges);
        late = late == null ? List.of() : List.copyOf(late);
        lateReads = lateReads == null ? List.of() : List.copyOf(lateReads);
    }

    @JsonIgnore
    public String id() {
        return task.id();
    }

    /** Whether something must be evaluated before the verdict. */
    @JsonIgnore
    public boolean needsDecision() {
        return when != null || !late.isEmpty();
    }
}
