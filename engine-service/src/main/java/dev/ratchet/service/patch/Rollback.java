package dev.ratchet.service.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/** The way back to an earlier document, for all that has not begun. */
public final class Rollback {
    private Rollback() {}

    /**
     * The earlier document, but for tasks that have begun: these, and the edges into them, stay as they are now.
     *
     * @param hasBegun by id
     */
    public static ObjectNode document(ObjectNode now, ObjectNode then, Predicate<String> hasBegun) {
        GraphParts present = GraphParts.of(now);
        GraphParts earlier = GraphParts.of(then);
        Set<String> ids = new LinkedHashSet<>(earlier.tasks().keySet());
        present.tasks().keySet().stream().filter(hasBegun).forEach(ids::add);
        ObjectNode document = now.deepCopy();
        boolean nodes = GraphParts.isNodes(now);
        ArrayNode tasks = document.putArray(nodes ? "nodes" : "tasks");
        ids.forEach(id -> tasks.add(from(id, present, earlier, hasBegun)));
        if (nodes) {
            ArrayNode edges = document.putArray("edges");
            ids.forEach(id -> (present.tasks().containsKey(id) && hasBegun.test(id) ? present : earlier)
                    .edgesInto(id)
                    .forEach(edges::add));
        }
        return document;
    }

    private static JsonNode from(String id, GraphParts present, GraphParts earlier, Predicate<String> hasBegun) {
        JsonNode now = present.tasks().get(id);
        return now != null && hasBegun.test(id)
                ? now
                : Objects.requireNonNull(earlier.tasks().get(id));
    }
}
