package dev.ratchet.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.ratchet.document.Money;
import dev.ratchet.plan.Plan;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What somebody outside may ask of a living run. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "request")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Request.Abort.class, name = "abort"),
    @JsonSubTypes.Type(value = Request.RaiseBudget.class, name = "budget"),
    @JsonSubTypes.Type(value = Request.Pause.class, name = "pause"),
    @JsonSubTypes.Type(value = Request.Resume.class, name = "resume"),
    @JsonSubTypes.Type(value = Request.Give.class, name = "give"),
    @JsonSubTypes.Type(value = Request.Skip.class, name = "skip"),
    @JsonSubTypes.Type(value = Request.Retry.class, name = "retry"),
    @JsonSubTypes.Type(value = Request.Patch.class, name = "patch"),
    @JsonSubTypes.Type(value = Request.Rerun.class, name = "rerun")
})
public sealed interface Request {
    /** The task that it is about; absent when it is about the run. */
    default @Nullable TaskKey about() {
        return switch (this) {
            case Give give -> give.key();
            case Skip skip -> skip.key();
            case Retry retry -> retry.key();
            case Abort abort -> null;
            case RaiseBudget raise -> null;
            case Pause pause -> null;
            case Resume resume -> null;
            case Patch patch -> null;
            case Rerun again -> null;
        };
    }

    /** What is said of a request that names no task. */
    String NO_TASK = "Expected a task, but there is none";

    /** End the run now; what is in flight is cancelled. */
    record Abort() implements Request {}

    /** A new limit for a run that waits for money. */
    record RaiseBudget(Money limit) implements Request {
        public RaiseBudget {
            Objects.requireNonNull(limit, "Expected a limit, but there is none");
        }
    }

    /** Start nothing new until somebody resumes; what runs finishes, and no clock stops. */
    record Pause() implements Request {}

    /** Go on. */
    record Resume() implements Request {}

    /**
     * The answer of a person or an agent to a task that waits for it, or will.
     *
     * @param once the only attempt of the task that it is for, which it answers once or not at all; absent when the same
     *     answer may come again, and early
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Give(TaskKey key, Given given, @Nullable Integer once) implements Request {
        public Give {
            Objects.requireNonNull(key, NO_TASK);
            Objects.requireNonNull(given, "Expected an answer, but there is none");
        }

        public Give(TaskKey key, Given given) {
            this(key, given, null);
        }
    }

    /** Do without a task that has not begun, waits or failed; what was skipped because of it gets another verdict. */
    record Skip(TaskKey key) implements Request {
        public Skip {
            Objects.requireNonNull(key, NO_TASK);
        }
    }

    /** Try a failed task again, and give what was skipped because of it another verdict. */
    record Retry(TaskKey key) implements Request {
        public Retry {
            Objects.requireNonNull(key, NO_TASK);
        }
    }

    /**
     * Another graph for what has not begun.
     *
     * @param base number of the graph that it was made from
     * @param plan the whole of the other graph
     */
    record Patch(int base, Plan plan, Change change) implements Request {
        public Patch {
            Objects.requireNonNull(plan, "Expected a plan, but there is none");
            Objects.requireNonNull(change, "Expected a change, but there is none");
        }
    }

    /**
     * What the run was started by: to carry another one out again.
     *
     * @param of id of the other one
     */
    record Rerun(String of) implements Request {}
}
