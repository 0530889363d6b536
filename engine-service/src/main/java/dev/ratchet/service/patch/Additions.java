package dev.ratchet.service.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.Pointers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tasks with {@code deps} that are added to a document of either form. */
public final class Additions {
    private static final Map<String, String> NAMES =
            Map.of("task", "from", "port", "from_output", "to_input", "to_input", "when", "condition");
    private static final Map<String, String> WRITTEN =
            Map.of("from", "task", "from_output", "port", "to_input", "to_input", "condition", "when");
    private static final String DEPS = "deps";

    private final ArrayNode sent = JsonNodeFactory.instance.arrayNode();
    private final List<Operation> operations = new ArrayList<>();

    private Additions() {}

    /**
     * The patch that adds tasks to the end of a document's.
     *
     * @param at where the tasks stand in the body
     */
    public static DocumentPatch patch(JsonNode tasks, String at, ObjectNode document) {
        boolean nodes = GraphParts.isNodes(document);
        Additions additions = new Additions();
        for (int i = 0; i < tasks.size(); i++) {
            String pointer = Pointers.element(at, i);
            if (nodes && tasks.get(i) instanceof ObjectNode task) {
                additions.addNode(task, pointer);
            } else {
                additions.add(nodes ? "nodes" : "tasks", tasks.get(i), pointer, Origin.at(pointer));
            }
        }
        return new DocumentPatch(additions.sent, at, additions.operations);
    }

    /** Dependencies that are no list stay where they are, to be refused there. */
    private void addNode(ObjectNode task, String at) {
        ObjectNode node = task.deepCopy();
        JsonNode deps = node.path(DEPS);
        if (deps.isArray()) {
            node.remove(DEPS);
        }
        add("nodes", node, at, Origin.at(at));
        for (int i = 0; deps.isArray() && i < deps.size(); i++) {
            String pointer = Pointers.element(Pointers.member(at, DEPS), i);
            JsonNode dependency = deps.get(i);
            add("edges", edge(dependency, task.path("id")), pointer, rest -> written(dependency, pointer, at, rest));
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

    /** Where a part of an edge stands in the dependency that it was made of. */
    private static String written(JsonNode dependency, String pointer, String task, List<String> rest) {
        String name = rest.isEmpty() ? "" : rest.getFirst();
        if (name.equals("to")) {
            return Pointers.member(task, "id");
        }
        if (name.isEmpty() || !dependency.isObject()) {
            return pointer;
        }
        return Pointers.path(Pointers.member(pointer, WRITTEN.getOrDefault(name, name)), rest.subList(1, rest.size()));
    }

    private void add(String where, JsonNode value, String pointer, Origin origin) {
        sent.addObject().put("op", "add").put("path", "/" + where + "/-").set("value", value);
        operations.add(new Operation(pointer, Operation.Kind.ADD, List.of(where, "-"), value, origin));
    }
}
