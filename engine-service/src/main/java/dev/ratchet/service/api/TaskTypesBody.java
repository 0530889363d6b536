package dev.ratchet.service.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.plan.TaskType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The task types that this engine offers, by name. */
public record TaskTypesBody(List<Type> items) {
    /** One type: what it does, its own fields, and how it is carried out. */
    public record Type(
            String name,
            String description,
            String mode,
            JsonNode configSchema,
            @Nullable JsonNode inputSchema,
            @Nullable JsonNode outputSchema,
            @Nullable Long defaultTimeoutMs,
            BigDecimal cost,
            boolean groupable) {}

    public static TaskTypesBody of(TaskType.Catalogue catalogue) {
        return new TaskTypesBody(
                catalogue.all().stream().map(TaskTypesBody::type).toList());
    }

    private static Type type(TaskType type) {
        return new Type(
                type.name(),
                type.description(),
                type.mode().name().toLowerCase(Locale.ROOT),
                type.configSchema(),
                type.inputSchema(),
                type.outputSchema(),
                type.defaultTimeoutMs(),
                type.cost(),
                type.groupable());
    }
}
