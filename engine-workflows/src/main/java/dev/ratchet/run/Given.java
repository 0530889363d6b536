package dev.ratchet.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What somebody gave for a task that waits for them: a value, or an error; neither once its task settled.
 *
 * @param digest names what was given: the same digest is the same answer again
 * @param value absent when they failed
 * @param error absent when they did not
 * @param usage what they used; absent when they did not say
 * @param note what was done to the value so that it could be kept; absent when nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Given(
        String digest,
        @Nullable Value value,
        @Nullable TaskError error,
        @Nullable Usage usage,
        @Nullable String note) {
    /** As it came. */
    public Given(String digest, @Nullable Value value, @Nullable TaskError error, @Nullable Usage usage) {
        this(digest, value, error, usage, null);
    }

    public Given {
        if (value != null && error != null) {
            throw new IllegalArgumentException("Expected a value or an error, but there are both");
        }
    }

    /** What is left of it once its task settled: enough to know it again. */
    Given known() {
        return new Given(digest, null, null, null);
    }
}
