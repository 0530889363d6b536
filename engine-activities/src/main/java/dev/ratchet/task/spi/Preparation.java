package dev.ratchet.task.spi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.run.Estimate;
import dev.ratchet.run.WaitingFor;
import org.jspecify.annotations.Nullable;

/** What preparation came to. */
public sealed interface Preparation {
    /**
     * Ready to be paid for.
     *
     * @param payload given back to {@code execute} as {@link TaskContext#prepared}; stored when it is large
     */
    record Ready(Estimate estimate, JsonNode payload) implements Preparation {}

    /** A list, of which each item is worked on by itself. */
    record Unroll(JsonNode items) implements Preparation {}

    /** Waits: for a time from now, until a time, or (neither) until somebody answers. */
    record Park(
            WaitingFor waitingFor,
            @Nullable Long delayMs,
            @Nullable Long untilMs) implements Preparation {}
}
