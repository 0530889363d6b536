package dev.ratchet.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** What one turn or item gave: an output, an error, or nothing. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Part(@Nullable Value output, @Nullable TaskError error) {
    /** Nothing. */
    public static final Part NONE = new Part(null, null);
}
