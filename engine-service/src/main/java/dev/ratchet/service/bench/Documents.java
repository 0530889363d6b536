package dev.ratchet.service.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** The same graphs as run documents. */
final class Documents {
    private static final int MAX_PARALLELISM = 500;

    private final Task task;
    private final @Nullable String group;

    /** What each task of a document is. */
    enum Task {
        FUNCTION,
        TRANSFORM
    }

    Documents(Task task, @Nullable String group) {
        this.task = task;
        this.group = group;
    }

    String of(Shape shape) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.putObject("policy").put("max_parallelism", MAX_PARALLELISM);
        ArrayNode tasks = document.putArray("tasks");
        if (shape.kind() == Shape.Kind.CHAIN) {
            for (int i = 0; i < shape.size(); i++) {
                add(tasks, id(i), i == 0 ? null : id(i - 1));
            }
            return document.toString();
        }
        add(tasks, "root", null);
        for (int i = 0; i < shape.size(); i++) {
            add(tasks, id(i), "root");
        }
        ArrayNode deps = add(tasks, "zjoin", null).putArray("deps");
        for (int i = 0; i < shape.size(); i++) {
            deps.add(id(i));
        }
        return document.toString();
    }

    private ObjectNode add(ArrayNode tasks, String id, @Nullable String dep) {
        ObjectNode node = tasks.addObject().put("id", id);
        if (task == Task.FUNCTION) {
            node.put("type", "function").put("function", "noop");
        } else {
            node.put("type", "transform").put("expression", "{}");
        }
        if (group != null) {
            node.put("group", group);
        }
        if (dep != null) {
            node.putArray("deps").add(dep);
        }
        return node;
    }

    private static String id(int i) {
        return "t%05d".formatted(i);
    }
}
