package dev.ratchet.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A condition as it was decided, shown on the task.
 *
 * @param expression the condition as text
 * @param value what it evaluated to; absent when it failed
 * @param error why it failed
 * @param took what followed from it, such as {@code run}, {@code skip} or the id of a branch's target
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Decision(
        String expression,
        @Nullable JsonNode value,
        @Nullable String error,
        @Nullable String took) {}
