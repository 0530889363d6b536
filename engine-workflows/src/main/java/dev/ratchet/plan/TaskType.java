package dev.ratchet.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the engine knows of a task type: all it needs to validate and plan tasks of it, and nothing of how it is carried
 * out.
 *
 * @param name as written in a task's {@code type}
 * @param mode how tasks of the type are carried out
 * @param description one sentence for users
 * @param configSchema JSON schema (2020-12) of the type's own fields, an object schema with {@code
 *     additionalProperties: false}; a field whose value is exactly one {@code ${…}} is not checked
 * @param inputSchema JSON schema of the resolved {@code input}; absent when any will do
 * @param outputSchema JSON schema of the output; absent when any value may come
 * @param secretFields names of config fields in which {@code secrets.NAME} may be used
 * @param expressionFields names of config fields that are bare CEL (not templates)
 * @param verbatimFields names of config fields that are never templates
 * @param defaultTimeoutMs absent when the run's {@code task_timeout_ms} counts
 * @param cost credits per executed task
 * @param groupable whether tasks of the type may travel in a group; never true when it parks
 */
public record TaskType(
        String name,
        Policies.ExecutionMode mode,
        String description,
        JsonNode configSchema,
        @Nullable JsonNode inputSchema,
        @Nullable JsonNode outputSchema,
        Set<String> secretFields,
        Set<String> expressionFields,
        Set<String> verbatimFields,
        @Nullable Long defaultTimeoutMs,
        BigDecimal cost,
        boolean groupable) {

    /** A type whose tasks read no secrets, have templates in all of their fields and give anything. */
    public static TaskType of(String name, Policies.ExecutionMode mode, String description, JsonNode configSchema) {
        return new TaskType(
                name,
                mode,
                description,
                configSchema,
                null,
                null,
                Set.of(),
                Set.of(),
                Set.of(),
                null,
                BigDecimal.ONE,
                mode.travelsInGroups());
    }

    /** The same, whose tasks give what satisfies a schema; absent for anything. */
    public TaskType returning(@Nullable JsonNode schema) {
        return with(schema, secretFields, expressionFields, verbatimFields);
    }

    /** The same, with secrets in these fields. */
    public TaskType withSecrets(String... fields) {
        return with(outputSchema, Set.of(fields), expressionFields, verbatimFields);
    }

    /** The same, with bare CEL in these fields. */
    public TaskType withExpressions(String... fields) {
        return with(outputSchema, secretFields, Set.of(fields), verbatimFields);
    }

    /** The same, without templates in these fields. */
    public TaskType withVerbatim(String... fields) {
        return with(outputSchema, secretFields, expressionFields, Set.of(fields));
    }

    private TaskType with(
            @Nullable JsonNode output, Set<String> secrets, Set<String> expressions, Set<String> verbatim) {
        return new TaskType(
                name,
                mode,
                description,
                configSchema,
                inputSchema,
                output,
                secrets,
                expressions,
                verbatim,
                defaultTimeoutMs,
                cost,
                groupable);
    }

    /** Checks and facts that need more than a schema, asked for each task of the type at submit. Pure. */
    public interface Inspector {
        /** Nothing more to say. */
        Inspector NONE = (config, sink) -> false;

        /**
         * Reports what is wrong with a task's own fields.
         *
         * @param config the type's own fields as written
         * @param sink takes (pointer relative to the config object, error code, message)
         * @return whether the task is known to take next to no time
         */
        boolean inspect(JsonNode config, Sink sink);

        /**
         * The schema of the {@code input} of this very task, where it depends on the task's own fields; absent when that
         * of the type counts.
         */
        default @Nullable JsonNode inputSchema(JsonNode config) {
            return null;
        }

        /** The run document that a task with these fields carries out as a run of its own; absent when it does not. */
        default @Nullable Child child(JsonNode config) {
            return null;
        }

        /** What a task with these fields does to other tasks. Only asked of fields that were found sound. */
        default Steering steering(JsonNode config) {
            return Steering.NONE;
        }
    }

    /**
     * A run document inside of a task.
     *
     * @param pointer where it stands, relative to the task's own fields
     */
    public record Child(String pointer, JsonNode document) {}

    /** Takes one problem. */
    public interface Sink {
        void problem(String pointer, dev.ratchet.document.ErrorCode code, String message);
    }

    /** The types an engine offers, looked up by name. Thread-safe. */
    public interface Catalogue {
        /** The type, or absent when the engine has none of that name. */
        @Nullable
        TaskType find(String name);

        Inspector inspector(String name);

        List<TaskType> all();
    }
}
