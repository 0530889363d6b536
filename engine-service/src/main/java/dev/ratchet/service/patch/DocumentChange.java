package dev.ratchet.service.patch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** In which tasks two documents differ: ids, each in the order of its document. Edges belong to the task they lead into. */
public record DocumentChange(List<String> added, List<String> changed, List<String> removed) {
    public DocumentChange {
        added = List.copyOf(added);
        changed = List.copyOf(changed);
        removed = List.copyOf(removed);
    }

    public static DocumentChange between(ObjectNode before, ObjectNode after) {
        GraphParts old = GraphParts.of(before);
        GraphParts now = GraphParts.of(after);
        return new DocumentChange(
                now.tasks().keySet().stream()
                        .filter(id -> !old.tasks().containsKey(id))
                        .toList(),
                now.tasks().keySet().stream()
                        .filter(id -> old.tasks().containsKey(id) && !now.hasSame(id, old))
                        .toList(),
                old.tasks().keySet().stream()
                        .filter(id -> !now.tasks().containsKey(id))
                        .toList());
    }

    /** What the later document writes otherwise than the earlier one. */
    public Set<String> touched() {
        Set<String> touched = new HashSet<>(added);
        touched.addAll(changed);
        return touched;
    }
}
