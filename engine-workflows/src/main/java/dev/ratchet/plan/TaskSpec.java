package dev.ratchet.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a worker needs to know of a task: it travels with each attempt.
 *
 * @param id the task's id inside its scope
 * @param type name of the task type
 * @param config the type's own fields as written, templates unresolved
 * @param input the task's {@code input} as written; absent when there is none
 * @param outputSchema JSON schema of the output; absent when any value will do
 * @param memory text that precedes a prompt, the run's first
 * @param metadata kept and shown, never interpreted but for the {@code sim_} keys
 * @param questions what the out-edges want to know about the output
 * @param reads ids of tasks whose results the task's own expressions read
 * @param timeoutMs of each delivery
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TaskSpec(
        String id,
        String type,
        @Nullable JsonNode config,
        @Nullable JsonNode input,
        @Nullable JsonNode outputSchema,
        List<String> memory,
        @Nullable JsonNode metadata,
        List<Question> questions,
        List<String> reads,
        long timeoutMs) {
    public TaskSpec {
        memory = memory == null ? List.of() : List.copyOf(memory);
        questions = questions == null ? List.of() : List.copyOf(questions);
        reads = reads == null ? List.of() : List.copyOf(reads);
    }
}
