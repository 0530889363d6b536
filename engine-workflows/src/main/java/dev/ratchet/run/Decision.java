package dev.ratchet.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Excerpt;
import org.jspecify.annotations.Nullable;

/**
 * A condition as it was decided, shown on the task.
 *
 * @param expression the condition as text, its beginning when it is long
 * @param value what it evaluated to; absent when it failed
 * @param error why it failed
 * @param took what followed from it, such as {@code run}, {@code skip} or the id of a branch's target
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Decision(
        String expression,
        @Nullable JsonNode value,
        @Nullable String error,
        @Nullable String took) {
    private static final int MAX_EXPRESSION = 1_000;

    public Decision {
        expression = Excerpt.of(expression, MAX_EXPRESSION);
        error = Excerpt.ofNullable(error, Answer.MAX_ERROR);
    }
}
