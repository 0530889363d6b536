package dev.ratchet.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one task. Fields that no task of every type has are the type's own; whether it has them is asked later. */
final class TaskReader {
    private static final String CONFIG = "config";
    private static final Set<String> IDENTITY = Set.of("id", "type", "deps", CONFIG);
    private static final Set<String> COMMON = Set.of(
            "id",
            "type",
            "deps",
            "input",
            "when",
            "output_schema",
            "memory",
            "metadata",
            "trigger_rule",
            "retry",
            "timeout_ms",
            "allow_failure",
            "group",
            "cost",
            "task_queue",
            "priority");

    private final Problems problems;
    private final PolicyReader policies;
    private final EdgeReader edges;

    TaskReader(Problems problems, EdgeReader edges) {
        this.problems = problems;
        this.policies = new PolicyReader(problems);
        this.edges = edges;
    }

    @Nullable
    TaskDocument read(JsonNode json, String pointer, GraphDocument.Form form) {
        if (!(json instanceof ObjectNode object)) {
            problems.invalid(pointer, "Expected a task to be an object, but it is " + Fields.kind(json));
            return null;
        }
        Fields outer = new Fields(object, pointer, problems);
        String id = id(outer, object);
        ObjectNode nested = form == GraphDocument.Form.NODES ? outer.object(CONFIG) : null;
        if (form == GraphDocument.Form.NODES && object.has("deps")) {
            problems.invalid(outer.at("deps"), "Expected nodes to be joined by edges, but this one has deps");
        } else {
            edges.readDeps(outer.array("deps"), outer.at("deps"), new Located<>(id, pointer));
        }
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        own(object, form, config);
        Set<String> names = nested == null ? Set.of() : merge(outer, object, nested, config);
        Layers layers =
                new Layers(outer, nested == null ? null : new Fields(nested, outer.at(CONFIG), problems), names);
        TaskDocument task = new TaskDocument(
                pointer, id, type(outer, layers, object), values(layers), options(layers), config, names);
        checkPrompt(task);
        return task;
    }

    /** Where each common field is read from. */
    private record Layers(Fields outer, @Nullable Fields nested, Set<String> names) {
        Fields of(String field) {
            return nested != null && names.contains(field) ? nested : outer;
        }
    }

    private String id(Fields fields, ObjectNode json) {
        if (!json.has("id")) {
            problems.invalid(fields.pointer(), "Expected every task to have an id, but this one has none");
        }
        String id = fields.id("id", Ids.MAX);
        return id == null ? "" : id;
    }

    private @Nullable Located<String> type(Fields fields, Layers layers, ObjectNode json) {
        if (json.has("type")) {
            String type = fields.text("type", Ids.MAX);
            return type == null ? null : new Located<>(type, fields.at("type"));
        }
        if (json.has("prompt") || layers.names().contains("prompt")) {
            return new Located<>("prompt", layers.of("prompt").at("prompt"));
        }
        problems.invalid(fields.pointer(), "Expected a task to have a type or a prompt, but this one has neither");
        return null;
    }

    private static void own(ObjectNode json, GraphDocument.Form form, ObjectNode config) {
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            boolean container =
                    form == GraphDocument.Form.NODES && field.getKey().equals(CONFIG);
            if (!container && !COMMON.contains(field.getKey())) {
                config.set(field.getKey(), field.getValue());
            }
        }
    }

    /** Takes over what stands under {@code config}; returns its names. */
    private Set<String> merge(Fields outer, ObjectNode json, ObjectNode nested, ObjectNode config) {
        Set<String> names = new HashSet<>();
        for (Map.Entry<String, JsonNode> field : nested.properties()) {
            String name = field.getKey();
            String at = Pointers.member(outer.at(CONFIG), name);
            if (IDENTITY.contains(name)) {
                problems.invalid(at, "Expected " + name + " to stand at the node itself, but it is under config");
            } else if (json.has(name)) {
                problems.invalid(
                        at,
                        "Expected each field once, but '" + Fields.brief(name) + "' also stands at the node itself");
            } else {
                names.add(name);
                if (!COMMON.contains(name)) {
                    config.set(name, field.getValue());
                }
            }
        }
        return names;
    }

    private TaskDocument.Values values(Layers layers) {
        Fields schemas = layers.of("output_schema");
        JsonNode schema = schemas.any("output_schema");
        if (schema != null && !schema.isObject() && !schema.isBoolean()) {
            schema = schemas.refuse("output_schema", "a JSON Schema", "it is " + Fields.kind(schema));
        }
        return new TaskDocument.Values(
                layers.of("input").any("input"),
                condition(layers.of("when"), "when", problems),
                schema,
                layers.of("memory").texts("memory"),
                layers.of("metadata").object("metadata"));
    }

    /** A value that may be a condition, as far as its kind says. */
    static @Nullable JsonNode condition(Fields fields, String name, Problems problems) {
        JsonNode value = fields.any(name);
        if (value == null || value.isObject() || value.isTextual()) {
            return value;
        }
        problems.invalid(
                fields.at(name),
                "Expected " + name + " to be a condition, text or an object, but it is " + Fields.kind(value));
        return null;
    }

    private TaskDocument.Options options(Layers layers) {
        Fields retries = layers.of("retry");
        Integer priority = layers.of("priority").number("priority", 1, 5);
        return new TaskDocument.Options(
                layers.of("trigger_rule").oneOf("trigger_rule", PolicyReader.TRIGGER_RULES),
                policies.retry(retries),
                layers.of("timeout_ms").duration("timeout_ms"),
                layers.of("allow_failure").flag("allow_failure"),
                layers.of("group").id("group", Ids.MAX),
                layers.of("cost").decimal("cost", BigDecimal.ZERO),
                layers.of("task_queue").queue("task_queue"),
                priority == null ? 0 : priority);
    }

    private void checkPrompt(TaskDocument task) {
        for (String field : new String[] {"prompt", "model"}) {
            JsonNode value = task.config().get(field);
            if (value != null && value.isTextual() && value.textValue().isBlank()) {
                problems.invalid(task.at(field), "Expected " + field + " to be given or left out, but it is empty");
            }
        }
    }
}
