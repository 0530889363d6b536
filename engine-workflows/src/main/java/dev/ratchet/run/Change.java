package dev.ratchet.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a patch.
 *
 * @param plan hash of the plan that it made: where the plan is stored
 * @param document the document as it stands after it
 * @param operations what was asked for, as it was asked for
 * @param task the task in whose name it was made; absent when it was no task
 * @param agents how many agent tasks a task added by it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Change(
        String plan,
        Value document,
        Value operations,
        @Nullable String task,
        int agents) {}
