package dev.ratchet.plan;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * How many tasks of a type a patch brings into a graph, as they are written: a task inside a body counts once, at whatever
 * depth, however often the body is repeated, and so does one in the graph of a child run. A task that becomes one of the
 * type counts like a new one. Pure.
 */
public final class AddedTasks {
    private final String type;

    private AddedTasks(String type) {
        this.type = type;
    }

    /** @param type name of the task type that is counted */
    public static int count(Plan before, Plan after, String type) {
        return new AddedTasks(type).in(before.root(), after.root());
    }

    private int in(@Nullable Scope before, Scope after) {
        int added = 0;
        for (Node node : after.nodes()) {
            Node known = known(before, node.id());
            boolean counts = isOfType(node) && !(known != null && isOfType(known));
            Body body = node.body();
            added += (counts ? 1 : 0) + (body == null ? 0 : in(bodyOf(known), body.scope()));
            added += Math.max(0, inChild(node) - (known == null ? 0 : inChild(known)));
        }
        return added;
    }

    /** In the graph of a run of its own, as it is written. */
    private int inChild(Node node) {
        JsonNode config = node.task().config();
        return config == null || !node.mode().isDelegated()
                ? 0
                : Math.toIntExact(config.findValues("type").stream()
                        .filter(name -> name.asText().equals(type))
                        .count());
    }

    private boolean isOfType(Node node) {
        return node.task().type().equals(type);
    }

    private static @Nullable Node known(@Nullable Scope scope, String id) {
        int index = scope == null ? -1 : scope.indexOf(id);
        return scope == null || index < 0 ? null : scope.node(index);
    }

    private static @Nullable Scope bodyOf(@Nullable Node known) {
        Body body = known == null ? null : known.body();
        return body == null ? null : body.scope();
    }
}
