package dev.ratchet.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A task as written.
 *
 * @param pointer to the task
 * @param id empty where a problem was reported for it
 * @param type absent where a problem was reported for it; a task without one that has a prompt is a {@code prompt}, and
 *     the prompt is the place it came from
 * @param values what the task works with, whatever its type
 * @param options how the engine treats it
 * @param config the type's own fields
 * @param nested names of the fields that were written under {@code config}
 */
public record TaskDocument(
        String pointer,
        String id,
        @Nullable Located<String> type,
        Values values,
        Options options,
        ObjectNode config,
        Set<String> nested) {
    public TaskDocument {
        nested = Set.copyOf(nested);
    }

    /** Where a field of the task stands in the body, whether or not it is there. */
    public String at(String field) {
        return Pointers.member(nested.contains(field) ? pointer + "/config" : pointer, field);
    }

    /**
     * Where a part of {@link #config} stands in the body.
     *
     * @param inConfig plain JSON pointer from the config object down; empty for the task as a whole
     */
    public String atConfig(String inConfig) {
        int end = inConfig.indexOf('/', 1);
        if (inConfig.isEmpty()) {
            return pointer;
        }
        String field = Pointers.unescape(end < 0 ? inConfig.substring(1) : inConfig.substring(1, end));
        return end < 0 ? at(field) : at(field) + inConfig.substring(end);
    }

    /**
     * What a task of any type may work with.
     *
     * @param input as written; absent when there is none
     * @param when its own condition; absent when there is none
     * @param outputSchema absent when any output will do
     * @param memory text that precedes its prompt
     * @param metadata kept and shown
     */
    public record Values(
            @Nullable JsonNode input,
            @Nullable JsonNode when,
            @Nullable JsonNode outputSchema,
            List<String> memory,
            @Nullable JsonNode metadata) {
        public Values {
            memory = List.copyOf(memory);
        }
    }

    /**
     * How the engine treats the task. What is absent is left to the run's policy or the type.
     *
     * @param cost credits
     * @param priority 1 (first) to 5, 0 when not given
     */
    public record Options(
            @Nullable String triggerRule,
            @Nullable RetryDocument retry,
            @Nullable Long timeoutMs,
            boolean allowFailure,
            @Nullable String group,
            @Nullable BigDecimal cost,
            @Nullable String taskQueue,
            int priority) {}
}
