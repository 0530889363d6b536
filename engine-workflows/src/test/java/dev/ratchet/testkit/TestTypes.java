package dev.ratchet.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Json;
import dev.ratchet.plan.Models;
import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.plan.TaskType;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Task types of each mode, shaped like those of the product, without anything that carries them out. */
public final class TestTypes implements TaskType.Catalogue {
    /** A catalogue of a few models, priced in US dollars. */
    public static final Models MODELS = new Models() {
        private final Set<String> names = Set.of("sim", "fast", "claude-3-haiku-20240307", "claude-3-sonnet-20240229");

        @Override
        public boolean known(String model) {
            return names.contains(model);
        }

        @Override
        public String currency() {
            return "USD";
        }
    };

    private final Map<String, TaskType> types = new LinkedHashMap<>();

    public TestTypes() {
        add("prompt", ExecutionMode.PREPARED, """
                "prompt": {"type": "string", "minLength": 1}, "model": {"type": "string", "minLength": 1},
                "system": {"type": "string"}, "temperature": {"type": "number", "minimum": 0, "maximum": 2},
                "max_output_tokens": {"type": "integer", "minimum": 1}""", Set.of(), Set.of(), Set.of());
        add("http", ExecutionMode.DISPATCHED, """
                "url": {"type": "string"}, "method": {"enum": ["GET", "POST"]},
                "headers": {"type": "object", "additionalProperties": {"type": "string"}},
                "success_status": {"anyOf": [{"type": "integer"}, {"type": "array", "items": {"type": "integer"}}]},
                "body": {}""", Set.of("headers", "url"), Set.of(), Set.of());
        add("transform", ExecutionMode.INLINE, """
                "expression": {"type": "string"}, "jq": {"type": "string"}""", Set.of(), Set.of("expression"), Set.of("jq"));
        add("function", ExecutionMode.DISPATCHED, """
                "function": {"type": "string"}, "handler": {"type": "string"}""", Set.of(), Set.of(), Set.of());
        add("agent", ExecutionMode.PARKED, """
                "queue": {"type": "string"}, "deadline_ms": {"type": "integer", "minimum": 1}""", Set.of(), Set.of(), Set.of());
        add("run", ExecutionMode.CHILD, "\"graph\": {\"type\": \"object\"}", Set.of(), Set.of(), Set.of("graph"));
        addPair();
    }

    /** A type whose fields are required, at two levels. */
    private void addPair() {
        add("pair", ExecutionMode.DISPATCHED, """
                "left": {"type": "object", "required": ["x", "y"]}, "right": {}}, "required": ["left", "right"], "$defs": {""", Set.of(), Set.of(), Set.of());
    }

    private void add(
            String name,
            ExecutionMode mode,
            String fields,
            Set<String> secret,
            Set<String> expressions,
            Set<String> verbatim) {
        types.put(
                name,
                new TaskType(
                        name,
                        mode,
                        "A " + name + " for tests",
                        Json.read(
                                "{\"type\": \"object\", \"additionalProperties\": false, \"properties\": {" + fields
                                        + "}}",
                                JsonNode.class),
                        null,
                        null,
                        secret,
                        expressions,
                        verbatim,
                        name.equals("http") ? 30_000L : null,
                        BigDecimal.ONE,
                        mode.travelsInGroups()));
    }

    @Override
    public @Nullable TaskType find(String name) {
        return types.get(name);
    }

    /** {@code noop} is quick; {@code sleep} wants an input; {@code refuse} is refused. */
    @Override
    public TaskType.Inspector inspector(String name) {
        return name.equals("function") ? new FunctionInspector() : TaskType.Inspector.NONE;
    }

    @Override
    public List<TaskType> all() {
        return List.copyOf(types.values());
    }

    private static final class FunctionInspector implements TaskType.Inspector {
        private static final JsonNode SLEEP = Json.read("""
                {"type": "object", "required": ["ms"], "properties": {"ms": {"type": "integer", "minimum": 0}}}""", JsonNode.class);

        @Override
        public boolean inspect(JsonNode config, TaskType.Sink sink) {
            String function = config.path("function").asText();
            if (function.equals("refuse")) {
                sink.problem(
                        "/function", ErrorCode.INVALID_INPUT, "Expected another function, but this one is refused");
            }
            if (function.equals("unroutable")) {
                sink.problem("/function", ErrorCode.DAG_INVALID, "Expected a way out, but there is none");
            }
            return function.equals("noop");
        }

        @Override
        public @Nullable JsonNode inputSchema(JsonNode config) {
            return config.path("function").asText().equals("sleep") ? SLEEP : null;
        }
    }
}
