package dev.ratchet.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** The two ways to write a graph, and the two sets of names for the ends of an edge. */
enum Spelling {
    TASKS {
        @Override
        ObjectNode write(ObjectNode document) {
            return document.deepCopy();
        }
    },
    NODES {
        @Override
        ObjectNode write(ObjectNode document) {
            return nodes(
                    document,
                    false,
                    Map.of("task", "from", "port", "from_output", "to_input", "to_input", "when", "condition"),
                    "to");
        }
    },
    NODES_WITH_CONFIG {
        @Override
        ObjectNode write(ObjectNode document) {
            return nodes(
                    document,
                    true,
                    Map.of("task", "source", "port", "sourceOutput", "to_input", "targetInput", "when", "when"),
                    "target");
        }
    };

    /** @param document written with {@code tasks}; left as it is */
    abstract ObjectNode write(ObjectNode document);

    private static ObjectNode nodes(ObjectNode document, boolean nested, Map<String, String> names, String target) {
        ObjectNode written = document.deepCopy();
        ArrayNode nodes = written.putArray("nodes");
        ArrayNode edges = written.putArray("edges");
        for (JsonNode task : written.remove("tasks")) {
            ObjectNode node = nodes.addObject();
            ObjectNode fields = node;
            node.set("id", task.path("id"));
            if (task.has("type")) {
                node.set("type", task.path("type"));
            }
            if (nested) {
                fields = node.putObject("config");
            }
            for (Map.Entry<String, JsonNode> field : task.properties()) {
                switch (field.getKey()) {
                    case "id", "type" -> {
                        // stand at the node itself
                    }
                    case "deps" ->
                        field.getValue()
                                .forEach(dep ->
                                        edge(edges.addObject(), dep, names).set(target, task.path("id")));
                    default -> fields.set(field.getKey(), field.getValue());
                }
            }
        }
        return written;
    }

    private static ObjectNode edge(ObjectNode edge, JsonNode dep, Map<String, String> names) {
        if (dep.isTextual()) {
            edge.set(names.get("task"), dep);
        }
        dep.properties().forEach(field -> edge.set(names.get(field.getKey()), field.getValue()));
        return edge;
    }
}
