package dev.ratchet.task.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.plan.TaskType;

/** Refuses functions that nobody offers when the graph is submitted, and knows which are quick. */
record FunctionInspector(FunctionRegistry functions) implements TaskType.Inspector {
    @Override
    public boolean inspect(JsonNode config, TaskType.Sink sink) {
        boolean named = config.has("function");
        if (named == config.has("handler")) {
            String found = named ? "both are there" : "neither is there";
            sink.problem("", ErrorCode.INVALID_INPUT, "Expected one of 'function' and 'handler', but " + found);
            return false;
        }
        String field = named ? "function" : "handler";
        String name = config.path(field).asText();
        if (!config.path(field).isTextual() || name.contains("${")) {
            return false;
        }
        OfferedFunction function = functions.find(name);
        if (function == null) {
            sink.problem("/" + field, ErrorCode.INVALID_INPUT, functions.unknown(name));
            return false;
        }
        return function.function().quick();
    }
}
