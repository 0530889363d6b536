package dev.ratchet.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Patches in a row for a run whose first task has begun and waits, and what the graph must be after each: every fifth is made
 * for a graph of the past, every seventh changes what has begun, the rest put one more task behind the last. Not thread-safe.
 */
public final class PatchScript {
    private final ObjectNode document;
    private final Tasks tasks;
    private final List<String> ids = new ArrayList<>();
    private int made;
    private int taken;

    /** Writes the tasks that are added, without their {@code deps}. */
    public interface Tasks {
        ObjectNode task(String id);
    }

    /**
     * One patch.
     *
     * @param number from 0
     * @param revision of the graph that it is made for
     * @param fits whether it is to be taken; else it is to be refused with 409
     */
    public record Patch(int number, JsonNode operations, int revision, boolean fits) {}

    /** @param document with the one task that waits by its {@code duration_ms} */
    public PatchScript(ObjectNode document, Tasks tasks) {
        this.document = document.deepCopy();
        this.tasks = tasks;
        document.path("tasks").forEach(task -> ids.add(task.path("id").asText()));
    }

    /** The next patch; from now on it counts as answered the way it is to be. */
    public Patch next() {
        int number = made++;
        int revision = revision();
        if (number % 5 == 4) {
            return new Patch(number, add(task(number)), revision - 1, false);
        }
        if (number % 7 == 6) {
            return new Patch(
                    number,
                    operation("replace", "/tasks/0/duration_ms", JsonNodeFactory.instance.numberNode(number)),
                    revision,
                    false);
        }
        ObjectNode task = task(number);
        document.withArray("/tasks").add(task);
        ids.add(task.path("id").asText());
        taken++;
        return new Patch(number, add(task), revision, true);
    }

    /** Number of the graph by now. */
    public int revision() {
        return 1 + taken;
    }

    public int refused() {
        return made - taken;
    }

    /** Ids of all tasks, in the order of the document. */
    public List<String> ids() {
        return List.copyOf(ids);
    }

    /** The graph by now. */
    public ObjectNode document() {
        return document.deepCopy();
    }

    private ObjectNode task(int number) {
        ObjectNode task = tasks.task("t" + number);
        if (ids.size() > 1) {
            task.putArray("deps").add(ids.getLast());
        }
        return task;
    }

    private static JsonNode add(ObjectNode task) {
        return operation("add", "/tasks/-", task);
    }

    private static JsonNode operation(String op, String path, JsonNode value) {
        ArrayNode operations = JsonNodeFactory.instance.arrayNode();
        operations.addObject().put("op", op).put("path", path).set("value", value);
        return operations;
    }
}
