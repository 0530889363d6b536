package dev.ratchet.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Text;
import org.jspecify.annotations.Nullable;

/**
 * A condition as it was decided, shown on the task; or what else its reader should know of how a value came about.
 *
 * @param expression the condition as text, its beginning when it is long; the name of the value where it is a note
 * @param value what it evaluated to; absent when it failed
 * @param error why it failed
 * @param took what followed from it, such as {@code run}, {@code skip} or the id of a branch's target
 * @param note what was done to a value so that it could be kept; absent where it is a condition
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Decision(
        String expression,
        @Nullable JsonNode value,
        @Nullable String error,
        @Nullable String took,
        @Nullable String note) {
    private static final int MAX_EXPRESSION = 1_000;

    public Decision {
        expression = Text.cut(expression, MAX_EXPRESSION);
        error = error == null ? null : Text.cut(error, Answer.MAX_ERROR);
    }

    /** A condition. */
    public Decision(String expression, @Nullable JsonNode value, @Nullable String error, @Nullable String took) {
        this(expression, value, error, took, null);
    }

    /** A note on the output of the task. */
    public static Decision ofOutput(String note) {
        return new Decision("output", null, null, null, note);
    }
}
