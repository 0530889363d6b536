package dev.ratchet.workflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.ratchet.run.Outcome;
import dev.ratchet.run.TaskKey;
import dev.ratchet.run.Value;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How the activity of a dispatch ended, as its run learns it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "end")
@JsonSubTypes({
    @JsonSubTypes.Type(value = DispatchEnd.Returned.class, name = "returned"),
    @JsonSubTypes.Type(value = DispatchEnd.Lost.class, name = "lost"),
    @JsonSubTypes.Type(value = DispatchEnd.Gave.class, name = "gave"),
    @JsonSubTypes.Type(value = DispatchEnd.Settled.class, name = "settled"),
    @JsonSubTypes.Type(value = DispatchEnd.Untaken.class, name = "untaken")
})
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public sealed interface DispatchEnd {
    /** Number of the dispatch within its run. */
    long dispatch();

    /** Its worker says what became of it. */
    record Returned(long dispatch, DispatchResult result) implements DispatchEnd {
        public Returned {
            Objects.requireNonNull(result, "Expected a result, but there is none");
        }
    }

    /**
     * Its worker is gone; what it said last is all there is.
     *
     * @param why in words that go on after "because"
     */
    record Lost(
            long dispatch,
            DispatchResult lastWord,
            @Nullable String why) implements DispatchEnd {
        public Lost {
            lastWord = lastWord == null ? DispatchResult.NOTHING : lastWord;
        }
    }

    /** Its time was over while it waited for a worker, or soon after one had begun with it. */
    record Untaken(long dispatch, boolean begun) implements DispatchEnd {}

    /** Somebody else's worker returned a value; what was mended in it is in the note. */
    record Gave(
            long dispatch,
            TaskKey key,
            Value value,
            @Nullable String note) implements DispatchEnd {
        public Gave {
            Objects.requireNonNull(key, "Expected a task, but there is none");
            Objects.requireNonNull(value, "Expected a value, but there is none");
        }
    }

    /** Somebody else's worker failed, took too long or was told to stop. */
    record Settled(long dispatch, Outcome outcome) implements DispatchEnd {
        public Settled {
            Objects.requireNonNull(outcome, "Expected an outcome, but there is none");
        }
    }
}
