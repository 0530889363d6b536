package dev.ratchet.task.spi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.run.Estimate;
import dev.ratchet.run.Hold;
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

    /**
     * Waits: for a time from now, until a time, or (neither) until somebody answers.
     *
     * @param hold what is asked of whom; what was given is {@link TaskContext#prepared} of {@code execute}. Absent when only
     *     time is waited for. Its values are stored when they are large
     */
    record Park(
            WaitingFor waitingFor,
            @Nullable Long delayMs,
            @Nullable Long untilMs,
            @Nullable Hold hold) implements Preparation {
        /** Waits for time alone. */
        public Park(WaitingFor waitingFor, @Nullable Long delayMs, @Nullable Long untilMs) {
            this(waitingFor, delayMs, untilMs, null);
        }
    }
}
