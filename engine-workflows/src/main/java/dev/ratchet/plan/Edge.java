package dev.ratchet.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A dependency of the node that holds it.
 *
 * @param from id of the source, a node of the same scope
 * @param port the field of the source's output that this edge carries; absent for the whole output
 * @param toInput the input field that this edge feeds, {@code name} or {@code name[]}; absent when it only orders
 * @param portQuestion index into the source's questions, -1 without a port
 * @param conditionQuestion index into the source's questions, -1 when there is no condition that the output alone
 *     answers
 * @param lateCondition index into the holder's late questions, -1 when there is none: conditions that read other tasks
 *     are answered when everything upstream of the holder is settled
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Edge(
        String from,
        @Nullable String port,
        @Nullable String toInput,
        int portQuestion,
        int conditionQuestion,
        int lateCondition) {
    /** An edge that only orders. */
    public static Edge plain(String from) {
        return new Edge(from, null, null, -1, -1, -1);
    }
}
