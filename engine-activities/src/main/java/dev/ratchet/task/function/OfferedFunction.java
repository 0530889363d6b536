package dev.ratchet.task.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.task.spi.TaskFailure;
import dev.ratchet.task.spi.TaskFunction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A function and its compiled input schema; the schema is absent when any input will do. */
record OfferedFunction(TaskFunction function, @Nullable Schema inputSchema) {
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    static OfferedFunction of(TaskFunction function) {
        JsonNode schema = function.inputSchema();
        return new OfferedFunction(function, schema == null ? null : SCHEMAS.getSchema(schema));
    }

    /**
     * Refuses what the function does not take.
     *
     * @throws TaskFailure {@code invalid_input}
     */
    void check(JsonNode input) throws TaskFailure {
        List<Error> errors = inputSchema == null ? List.of() : inputSchema.validate(input);
        if (!errors.isEmpty()) {
            Error first = errors.get(0);
            throw TaskFailure.permanent(
                    ErrorCode.INVALID_INPUT,
                    "Expected an input that function '" + function.name() + "' takes, but at '/input"
                            + first.getInstanceLocation() + "': " + first.getMessage());
        }
    }
}
