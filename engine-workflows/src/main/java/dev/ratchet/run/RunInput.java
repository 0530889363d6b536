package dev.ratchet.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can happen to a run. Inputs are all that the decider ever learns; {@code at} is epoch milliseconds of the wake-up
 * (or of the worker, inside a group) and the only clock there is.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "in")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RunInput.Begin.class, name = "begin"),
    @JsonSubTypes.Type(value = RunInput.Answered.class, name = "answered"),
    @JsonSubTypes.Type(value = RunInput.Reported.class, name = "reported"),
    @JsonSubTypes.Type(value = RunInput.Returned.class, name = "returned"),
    @JsonSubTypes.Type(value = RunInput.Lost.class, name = "lost"),
    @JsonSubTypes.Type(value = RunInput.Untaken.class, name = "untaken"),
    @JsonSubTypes.Type(value = RunInput.QueueSeen.class, name = "queueSeen"),
    @JsonSubTypes.Type(value = RunInput.Commanded.class, name = "commanded"),
    @JsonSubTypes.Type(value = RunInput.Elapsed.class, name = "elapsed"),
    @JsonSubTypes.Type(value = RunInput.GaveBack.class, name = "gaveBack"),
    @JsonSubTypes.Type(value = RunInput.Announced.class, name = "announced"),
    @JsonSubTypes.Type(value = RunInput.ChildStarted.class, name = "childStarted"),
    @JsonSubTypes.Type(value = RunInput.Broken.class, name = "broken"),
    @JsonSubTypes.Type(value = RunInput.Proceed.class, name = "proceed")
})
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public sealed interface RunInput {
    long at();

    /** The run was accepted and its workflow runs. */
    record Begin(long at) implements RunInput {}

    /**
     * Local work came back.
     *
     * @param ahead what was done beyond what was asked for, in order; each counts only if the run, having read all before
     *     it, wants just that
     */
    record Answered(long at, List<InlineAnswer> answers, List<InlineAnswer.Executed> ahead) implements RunInput {
        public Answered {
            answers = answers == null ? List.of() : List.copyOf(answers);
            ahead = ahead == null ? List.of() : List.copyOf(ahead);
        }

        /** Answers to what was asked, and nothing else. */
        public Answered(long at, List<InlineAnswer> answers) {
            this(at, answers, List.of());
        }
    }

    /** Attempts settled while their dispatch goes on. */
    record Reported(long at, List<Outcome> outcomes) implements RunInput {
        public Reported {
            outcomes = outcomes == null ? List.of() : List.copyOf(outcomes);
        }
    }

    /**
     * A dispatch ended and said what became of it.
     *
     * @param handedBack attempts that the worker did not start because it shuts down; one that it stopped in the middle has
     *     an outcome
     * @param steps what the worker folded, when the dispatch carried a group
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Returned(long at, long dispatch, List<Outcome> outcomes, List<TaskKey> handedBack, List<RunInput> steps)
            implements RunInput {
        public Returned {
            outcomes = outcomes == null ? List.of() : List.copyOf(outcomes);
            handedBack = handedBack == null ? List.of() : List.copyOf(handedBack);
            steps = steps == null ? List.of() : List.copyOf(steps);
        }
    }

    /**
     * A dispatch ended without a word: its worker is gone. What its last heartbeat said is in the lists.
     *
     * @param why what is known of it, for whoever reads that the last delivery was lost too; absent when nothing is
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Lost(
            long at,
            long dispatch,
            List<Outcome> outcomes,
            List<RunInput> steps,
            @Nullable String why) implements RunInput {
        public Lost {
            outcomes = outcomes == null ? List.of() : List.copyOf(outcomes);
            steps = steps == null ? List.of() : List.copyOf(steps);
        }

        /** One of which nothing is known. */
        public Lost(long at, long dispatch, List<Outcome> outcomes, List<RunInput> steps) {
            this(at, dispatch, outcomes, steps, null);
        }
    }

    /**
     * The time of a dispatch was over before it had ended: its queue is one of its own, where it may have waited long.
     *
     * @param begun whether a worker had begun with it
     */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    record Untaken(long at, long dispatch, boolean begun) implements RunInput {}

    /** Somebody looked whether there is a worker at a queue. */
    record QueueSeen(long at, String taskQueue, Workers workers) implements RunInput {}

    /** What can be seen at a queue to which the run has handed attempts. */
    enum Workers {
        /** Nobody looks at it, and nobody has begun with an attempt of this run. */
        NONE,
        /** Somebody looks at it, but is busy. */
        BUSY,
        /** All attempts of this run were begun with. */
        BEGUN,
        /** Nobody can say. */
        UNKNOWN
    }

    /** Somebody outside asked for something. */
    record Commanded(long at, Command command) implements RunInput {}

    /** Time passed: whatever is due by {@code at} is due now. */
    record Elapsed(long at) implements RunInput {}

    /**
     * Somebody else's worker returned a value, which nobody has looked at yet but for whether it can travel.
     *
     * @param note what was done to it so that it can; absent when nothing
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record GaveBack(
            long at,
            long dispatch,
            TaskKey key,
            Value value,
            @Nullable String note) implements RunInput {}

    /**
     * Whoever is to answer for a parked task was told, or cannot be.
     *
     * @param attempt of the task that was announced
     * @param error absent when they were told
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Announced(
            long at, TaskKey key, int attempt, @Nullable TaskError error) implements RunInput {}

    /**
     * The run that is to carry out a task was started, or cannot be.
     *
     * @param attempt of the task that it was started for
     * @param error absent when it was started
     * @param gone whether it was started before and has ended since, without a word
     * @param detached what the task gives, when nobody waits for the child; absent when the run does
     */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    record ChildStarted(
            long at,
            TaskKey key,
            int attempt,
            @Nullable TaskError error,
            boolean gone,
            @Nullable Value detached) implements RunInput {}

    /** The shell met an error that no task explains; the run ends instead of hanging. */
    record Broken(long at, TaskError error) implements RunInput {}

    /** A wake-up is drained: decide what follows, one step. Repeated until nothing does. */
    record Proceed(long at) implements RunInput {}
}
