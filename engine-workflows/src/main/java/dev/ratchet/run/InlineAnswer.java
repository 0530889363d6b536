package dev.ratchet.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of an {@link InlineJob}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "a")
@JsonSubTypes({
    @JsonSubTypes.Type(value = InlineAnswer.Decided.class, name = "decided"),
    @JsonSubTypes.Type(value = InlineAnswer.Prepared.class, name = "prepared"),
    @JsonSubTypes.Type(value = InlineAnswer.Parked.class, name = "parked"),
    @JsonSubTypes.Type(value = InlineAnswer.Unrolled.class, name = "unrolled"),
    @JsonSubTypes.Type(value = InlineAnswer.Turned.class, name = "turned"),
    @JsonSubTypes.Type(value = InlineAnswer.Rejected.class, name = "rejected"),
    @JsonSubTypes.Type(value = InlineAnswer.Executed.class, name = "executed")
})
public sealed interface InlineAnswer {
    TaskKey key();

    /** The conditions before the verdict: the late ones in order, then the task's own, when it has one. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Decided(TaskKey key, List<Answer> late, @Nullable Answer when, List<Decision> decisions)
            implements InlineAnswer {
        public Decided {
            late = late == null ? List.of() : List.copyOf(late);
            decisions = decisions == null ? List.of() : List.copyOf(decisions);
        }
    }

    /** Ready to be paid for and dispatched. {@code payload} travels with the attempt. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Prepared(
            TaskKey key, Estimate estimate, @Nullable Value payload) implements InlineAnswer {}

    /**
     * Ready to wait. Exactly one of the two times is given; neither means until somebody answers.
     *
     * @param delayMs from now
     * @param untilMs epoch milliseconds
     * @param hold what is asked of whom; absent when only time is waited for
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Parked(
            TaskKey key,
            WaitingFor waitingFor,
            @Nullable Long delayMs,
            @Nullable Long untilMs,
            @Nullable Hold hold) implements InlineAnswer {
        /** Waits for time alone. */
        public Parked(TaskKey key, WaitingFor waitingFor, @Nullable Long delayMs, @Nullable Long untilMs) {
            this(key, waitingFor, delayMs, untilMs, null);
        }
    }

    /** The items of a map are known. */
    record Unrolled(TaskKey key, int total, Value items) implements InlineAnswer {}

    /**
     * What a turn or an item gave.
     *
     * @param part its output, or why it could not be put together
     * @param goesOn the answer to a loop's condition; absent for a map
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Turned(
            TaskKey key, int number, Part part, @Nullable Answer goesOn, List<Decision> decisions)
            implements InlineAnswer {
        public Turned {
            part = part == null ? Part.NONE : part;
            decisions = decisions == null ? List.of() : List.copyOf(decisions);
        }
    }

    /** Cannot be prepared; the task fails and is not retried. */
    record Rejected(TaskKey key, TaskError error) implements InlineAnswer {}

    /** An inline task's outcome. */
    record Executed(Outcome outcome) implements InlineAnswer {
        @Override
        public TaskKey key() {
            return outcome.key();
        }
    }
}
