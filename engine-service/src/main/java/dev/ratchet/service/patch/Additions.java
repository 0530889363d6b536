package dev.ratchet.service.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Tasks with {@code deps} that are added to a document of either form. */
public final class Additions {
    private static final Map<String, String> NAMES =
            Map.of("task", "from", "port", "from_output", "to_input", "to_input", "when", "condition");

    private Additions() {}

    /** The operations that add tasks to the end of a document's. */
    public static ArrayNode operations(JsonNode tasks, ObjectNode document) {
        boolean nodes = GraphParts.isNodes(document);
        ArrayNode operations = JsonNodeFactory.instance.arrayNode();
        for (JsonNode task : tasks) {
            if (nodes && task instanceof ObjectNode object) {
                addNode(object, operations);
            } else {
                add(operations, "/tasks/-", task);
            }
        }
        return operations;
    }

    private static void addNode(ObjectNode task, ArrayNode operations) {
        ObjectNode node = task.deepCopy();
        JsonNode deps = node.remove("deps");
        add(operations, "/nodes/-", node);
        if (deps != null) {
            deps.forEach(dependency -> add(operations, "/edges/-", edge(dependency, task.path("id"))));
        }
    }

    private static JsonNode edge(JsonNode dependency, JsonNode target) {
        ObjectNode edge = JsonNodeFactory.instance.objectNode();
        if (dependency instanceof ObjectNode written) {
            written.properties()
                    .forEach(field -> edge.set(NAMES.getOrDefault(field.getKey(), field.getKey()), field.getValue()));
        } else {
            edge.set("from", dependency);
        }
        return edge.set("to", target);
    }

    private static void add(ArrayNode operations, String path, JsonNode value) {
        operations.addObject().put("op", "add").put("path", path).set("value", value);
    }
}
