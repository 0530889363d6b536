package dev.ratchet.task.flow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.plan.TaskType;
import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Describes the types. */
final class FlowTypes {
    private FlowTypes() {}

    static TaskType of(
            String name,
            ExecutionMode mode,
            String description,
            String configSchema,
            @Nullable String outputSchema,
            Set<String> expressions,
            Set<String> verbatim) {
        return new TaskType(
                name,
                mode,
                description,
                Json.read(configSchema, JsonNode.class),
                null,
                outputSchema == null ? null : Json.read(outputSchema, JsonNode.class),
                Set.of(),
                expressions,
                verbatim,
                null,
                BigDecimal.ONE,
                mode == ExecutionMode.ROUTING);
    }
}
