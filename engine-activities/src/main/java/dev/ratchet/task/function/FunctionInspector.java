package dev.ratchet.task.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.plan.TaskType;
import org.jspecify.annotations.Nullable;

/** Refuses functions that nobody offers when the graph is submitted, and knows what they take and which are quick. */
record FunctionInspector(FunctionRegistry functions) implements TaskType.Inspector {
    @Override
    public boolean inspect(JsonNode config, TaskType.Sink sink) {
        boolean named = config.has("function");
        if (named == config.has("handler")) {
            String found = named ? "both are there" : "neither is there";
            sink.problem("", ErrorCode.INVALID_INPUT, "Expected one of 'function' and 'handler', but " + found);
            return false;
        }
        String name = literal(config);
        if (name == null) {
            return false;
        }
        OfferedFunction function = functions.find(name);
        if (function == null) {
            sink.problem("/" + field(config), ErrorCode.INVALID_INPUT, functions.unknown(name));
            return false;
        }
        return function.function().quick();
    }

    @Override
    public @Nullable JsonNode inputSchema(JsonNode config) {
        String name = literal(config);
        OfferedFunction function = name == null ? null : functions.find(name);
        return function == null ? null : function.function().inputSchema();
    }

    private static String field(JsonNode config) {
        return config.has("function") ? "function" : "handler";
    }

    /** The name of the function; absent while it is not known which one is meant. */
    private static @Nullable String literal(JsonNode config) {
        JsonNode name = config.path(field(config));
        return name.isTextual() && !name.textValue().contains("${") ? name.textValue() : null;
    }
}
