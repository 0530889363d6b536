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
 * @param timeoutMs of each delivery; 0 stands for the default of ten minutes
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TaskSpec(
        String id,
        String type,
        @Nullable JsonNode config,
        @Nullable JsonNode input,
        @Nullable JsonNode outputSchema,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> memory,
        @Nullable JsonNode metadata,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Question> questions,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> reads,

        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = LeftOut.Timeout.class)
        long timeoutMs) {
    /** The timeout of a delivery that nobody says anything about. */
    public static final long DEFAULT_TIMEOUT_MS = 600_000;

    /** No time limit at all: a hundred years. */
    public static final long NO_TIMEOUT_MS = 3_155_760_000_000L;

    public TaskSpec {
        memory = memory == null ? List.of() : List.copyOf(memory);
        questions = questions == null ? List.of() : List.copyOf(questions);
        reads = reads == null ? List.of() : List.copyOf(reads);
        timeoutMs = timeoutMs == 0 ? DEFAULT_TIMEOUT_MS : timeoutMs;
    }

    /** The same task, asked other questions. */
    TaskSpec withQuestions(List<Question> other) {
        return new TaskSpec(id, type, config, input, outputSchema, memory, metadata, other, reads, timeoutMs);
    }

    /** The same task with other memory. */
    TaskSpec withMemory(List<String> other) {
        return new TaskSpec(id, type, config, input, outputSchema, other, metadata, questions, reads, timeoutMs);
    }
}
