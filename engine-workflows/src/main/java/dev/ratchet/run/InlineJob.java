package dev.ratchet.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Work that is short and pure enough to be done beside the decider, in a local activity. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "job")
@JsonSubTypes({
    @JsonSubTypes.Type(value = InlineJob.Decide.class, name = "decide"),
    @JsonSubTypes.Type(value = InlineJob.Prepare.class, name = "prepare"),
    @JsonSubTypes.Type(value = InlineJob.Execute.class, name = "execute"),
    @JsonSubTypes.Type(value = InlineJob.Turn.class, name = "turn"),
    @JsonSubTypes.Type(value = InlineJob.Gather.class, name = "gather"),
    @JsonSubTypes.Type(value = InlineJob.Whole.class, name = "whole")
})
public sealed interface InlineJob {
    TaskKey key();

    /**
     * Evaluates what must be known before the verdict.
     *
     * @param late entries {@code {"from": source, "condition": …}} in the order of the node's late questions; those of
     *     sources that did not complete are answered no
     * @param when the task's own condition; absent when there is none
     * @param input the task's {@code input} as written, {@code args} in its condition
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Decide(
            TaskKey key,
            List<JsonNode> late,
            @Nullable JsonNode when,
            @Nullable JsonNode input) implements InlineJob {}

    /** Prepares an attempt: builds and stores the prompt and estimates it, or resolves how long to park. */
    record Prepare(Attempt attempt) implements InlineJob {
        @Override
        public TaskKey key() {
            return attempt.key();
        }
    }

    /**
     * Puts together what a turn or an item gave, and asks whether there is another turn.
     *
     * @param key of the task that repeats
     * @param leaves ids of the tasks whose outputs count
     * @param condition of a loop; absent for a map
     * @param input of the task that repeats, as written: {@code args} in its condition
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Turn(
            TaskKey key,
            int number,
            List<String> leaves,
            @Nullable JsonNode condition,
            @Nullable JsonNode input) implements InlineJob {
        public Turn {
            leaves = leaves == null ? List.of() : List.copyOf(leaves);
        }
    }

    /**
     * Puts together what a composite task gives, and answers for it.
     *
     * @param parts of a map's items, in their order; of a loop its last turn's
     * @param isList whether the parts are items of a list
     */
    record Gather(Attempt attempt, List<Part> parts, boolean isList) implements InlineJob {
        public Gather {
            parts = List.copyOf(parts);
        }

        @Override
        public TaskKey key() {
            return attempt.key();
        }
    }

    /**
     * Puts together what a run gives that ended, for the run that waits for it.
     *
     * @param key of the task that it carries out there
     * @param leaves ids of the tasks whose outputs count
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Whole(TaskKey key, List<String> leaves) implements InlineJob {
        public Whole {
            leaves = leaves == null ? List.of() : List.copyOf(leaves);
        }
    }

    /** Carries out an inline task. */
    record Execute(Attempt attempt) implements InlineJob {
        @Override
        public TaskKey key() {
            return attempt.key();
        }
    }
}
