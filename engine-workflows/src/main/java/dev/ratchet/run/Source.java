package dev.ratchet.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A settled task as another task's expressions see it.
 *
 * @param state wire form of its status, such as {@code completed}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Source(
        String state, @Nullable Value output, @Nullable TaskError error) {}
