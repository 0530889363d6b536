package dev.ratchet.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ratchet.document.Text;
import org.jspecify.annotations.Nullable;

/**
 * The recorded result of one evaluation: replay reads it and never decides again.
 *
 * @param holds the result; absent when the evaluation failed
 * @param error why it failed; absent when it did not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Answer(@Nullable Boolean holds, @Nullable String error) {
    /** Characters of an error: a task may have ten thousand edges that ask. */
    static final int MAX_ERROR = 300;

    public static final Answer YES = new Answer(true, null);
    public static final Answer NO = new Answer(false, null);

    public Answer {
        error = error == null ? null : Text.cut(error, MAX_ERROR);
    }

    public static Answer of(boolean holds) {
        return holds ? YES : NO;
    }

    public static Answer failed(String error) {
        return new Answer(null, error);
    }

    public boolean isYes() {
        return Boolean.TRUE.equals(holds);
    }
}
