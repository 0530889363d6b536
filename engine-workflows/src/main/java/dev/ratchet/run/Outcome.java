package dev.ratchet.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one delivery of one attempt ended. A doubled or late outcome is a no-op for the run.
 *
 * @param startedAt epoch milliseconds, by the worker's clock
 * @param endedAt epoch milliseconds, by the worker's clock
 * @param usage what it used, also when it failed; absent when nothing, or when nobody knows
 * @param simulated whether a simulated model answered
 * @param unknown whether nobody knows what it used: the run then presumes what it had set aside for it
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Outcome(
        TaskKey key,
        int attempt,
        int delivery,
        long startedAt,
        long endedAt,
        Result result,
        @Nullable Usage usage,
        boolean simulated,
        boolean unknown) {
    /** One whose usage is known, if only that there was none. */
    public Outcome(
            TaskKey key,
            int attempt,
            int delivery,
            long startedAt,
            long endedAt,
            Result result,
            @Nullable Usage usage,
            boolean simulated) {
        this(key, attempt, delivery, startedAt, endedAt, result, usage, simulated, false);
    }

    /**
     * The same in the time of the run, when the worker's clock was off: not before it was handed over, not after the run
     * heard of it, and as long as the worker says, if there was so much time.
     */
    Outcome within(long handedAt, long heardAt) {
        if (handedAt <= startedAt && startedAt <= endedAt && endedAt <= heardAt) {
            return this;
        }
        long took = Math.max(0, endedAt - startedAt);
        long began = Math.max(handedAt, heardAt - took);
        return new Outcome(key, attempt, delivery, began, Math.max(began, heardAt), result, usage, simulated, unknown);
    }

    /** The same by another clock. */
    Outcome shifted(long shift) {
        return new Outcome(
                key, attempt, delivery, startedAt + shift, endedAt + shift, result, usage, simulated, unknown);
    }

    /** The ways a delivery ends. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "r")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Completed.class, name = "c"),
        @JsonSubTypes.Type(value = Failed.class, name = "f"),
        @JsonSubTypes.Type(value = Cancelled.class, name = "x"),
        @JsonSubTypes.Type(value = Interrupted.class, name = "i")
    })
    public sealed interface Result {}

    /** It returned a value. {@code answers} are in the order of the task's questions. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Completed(Value output, List<Answer> answers, List<Decision> decisions) implements Result {
        public Completed {
            answers = answers == null ? List.of() : List.copyOf(answers);
            decisions = decisions == null ? List.of() : List.copyOf(decisions);
        }
    }

    /**
     * It failed.
     *
     * @param retryable whether the executor calls it transient
     * @param retryAfterMs the least delay the other side asked for; absent when it did not
     */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    public record Failed(
            TaskError error, boolean retryable, @Nullable Long retryAfterMs) implements Result {}

    /** It heard of a cancellation and stopped. */
    public record Cancelled() implements Result {}

    /** Its worker shut down in the middle of it: another one has to begin again. That is no lost delivery. */
    public record Interrupted() implements Result {}
}
