package dev.ratchet.service.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tasks of a document by id, each with the edges into it where these stand apart.
 *
 * @param tasks in document order
 * @param edges by the id of their target, in document order
 */
record GraphParts(Map<String, JsonNode> tasks, Map<String, List<JsonNode>> edges) {
    static GraphParts of(ObjectNode document) {
        Map<String, JsonNode> tasks = new LinkedHashMap<>();
        document.path(isNodes(document) ? "nodes" : "tasks")
                .forEach(task -> tasks.put(task.path("id").asText(), task));
        Map<String, List<JsonNode>> edges = new LinkedHashMap<>();
        document.path("edges")
                .forEach(edge -> edges.computeIfAbsent(target(edge), target -> new ArrayList<>())
                        .add(edge));
        return new GraphParts(tasks, edges);
    }

    static boolean isNodes(ObjectNode document) {
        return document.has("nodes");
    }

    List<JsonNode> edgesInto(String id) {
        return edges.getOrDefault(id, List.of());
    }

    /** Whether both write a task alike, edges into it included. */
    boolean hasSame(String id, GraphParts other) {
        JsonNode task = tasks.get(id);
        return task != null && task.equals(other.tasks.get(id)) && edgesInto(id).equals(other.edgesInto(id));
    }

    private static String target(JsonNode edge) {
        return edge.path(edge.has("to") ? "to" : "target").asText();
    }
}
