package dev.ratchet.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task of a plan: what the worker must know, and how the engine treats it. Its JSON leaves out what most tasks have.
 *
 * @param task what travels to the worker
 * @param mode how it is carried out
 * @param quick whether it is known to take next to no time, so that it travels in packs from the start
 * @param edges dependencies in the order written
 * @param late conditions to answer when everything upstream is settled: the late edge conditions, in edge order
 * @param when the task's own condition in canonical JSON; absent when there is none
 * @param lateReads ids of the tasks whose results {@code late} and {@code when} need: those that they name, and the sources
 *     whose output a late condition reads
 * @param rule its trigger rule, the run's default filled in
 * @param retry its retry policy, the run's default filled in
 * @param group name of the group it travels with; absent when it travels alone
 * @param taskQueue worker pool; absent for the engine's own
 * @param cost credits; absent when the type's cost counts
 * @param priority 1 (first) to 5, 0 when not given
 * @param body what a composite task repeats; absent on plain ones
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Node(
        TaskSpec task,

        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = LeftOut.Mode.class)
        Policies.ExecutionMode mode,

        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean quick,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Edge> edges,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<JsonNode> late,
        @Nullable JsonNode when,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> lateReads,

        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = LeftOut.Rule.class)
        Policies.TriggerRule rule,

        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = LeftOut.Retry.class)
        RetryPolicy retry,

        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean allowFailure,
        @Nullable String group,
        @Nullable String taskQueue,
        @Nullable BigDecimal cost,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int priority,
        @Nullable Body body) {
    public Node {
        mode = mode == null ? Policies.ExecutionMode.DISPATCHED : mode;
        rule = rule == null ? Policies.TriggerRule.NONE_FAILED : rule;
        retry = retry == null ? RetryPolicy.ONCE : retry;
        edges = edges == null ? List.of() : List.copyOf(edges);
        late = late == null ? List.of() : List.copyOf(late);
        lateReads = lateReads == null ? List.of() : List.copyOf(lateReads);
    }

    /** The same node for another task. */
    Node withTask(TaskSpec other) {
        return new Node(
                other,
                mode,
                quick,
                edges,
                late,
                when,
                lateReads,
                rule,
                retry,
                allowFailure,
                group,
                taskQueue,
                cost,
                priority,
                body);
    }

    /** The same node with other edges, and what these ask. */
    Node withEdges(TaskSpec other, List<Edge> otherEdges, List<JsonNode> otherLate) {
        return new Node(
                other,
                mode,
                quick,
                otherEdges,
                otherLate,
                when,
                lateReads,
                rule,
                retry,
                allowFailure,
                group,
                taskQueue,
                cost,
                priority,
                body);
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
