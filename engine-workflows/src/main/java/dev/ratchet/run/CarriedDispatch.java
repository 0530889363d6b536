package dev.ratchet.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A dispatch that goes on while its run continues as a new execution.
 *
 * @param owed what it has not reported yet
 * @param scope of the group that it carries; absent when it carries none
 * @param slots how many attempts of the group may be side by side
 * @param handedAt when the group was handed over, epoch milliseconds
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CarriedDispatch(
        long number,
        List<TaskKey> owed,
        @Nullable String scope,
        @Nullable String group,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int slots,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) long handedAt) {
    public CarriedDispatch {
        owed = owed == null ? List.of() : List.copyOf(owed);
    }

    static CarriedDispatch of(RunState state, long number) {
        Lane lane = state.open.groupLane(number);
        if (lane == null) {
            return new CarriedDispatch(number, state.open.owed(number), null, null, 0, 0);
        }
        ScopeState scope = state.scope(lane.scope());
        TaskState member = scope.tasks.get(lane.members().getFirst());
        return new CarriedDispatch(number, List.of(), lane.scope(), member.node.group(), lane.slots(), lane.handedAt());
    }

    /** Its tasks are back in their phases, those of a group as if nobody had it. */
    void restore(RunState state) {
        if (group == null) {
            state.open.open(number);
            for (TaskKey key : owed) {
                state.taskState(key).dispatch = number;
                state.open.owe(number, key);
            }
            return;
        }
        ScopeState in = state.scope(scope == null ? TaskKey.ROOT : scope);
        GroupState held = in.group(group);
        state.open.openGroup(number, in.handOver(held, number, slots, handedAt));
    }
}
