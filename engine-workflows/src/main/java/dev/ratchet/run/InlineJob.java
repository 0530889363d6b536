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
    @JsonSubTypes.Type(value = InlineJob.Execute.class, name = "execute")
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

    /** Carries out an inline task. */
    record Execute(Attempt attempt) implements InlineJob {
        @Override
        public TaskKey key() {
            return attempt.key();
        }
    }
}
