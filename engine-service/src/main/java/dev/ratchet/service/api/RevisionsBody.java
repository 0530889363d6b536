package dev.ratchet.service.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.ratchet.service.gateway.RevisionReading;
import dev.ratchet.service.gateway.RevisionsReading;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The graphs that a run has had, oldest first. */
public record RevisionsBody(List<Item> items, @JsonUnwrapped DegradedBody degraded) {
    /**
     * One of them.
     *
     * @param by a name, or {@code {"task": id}}
     * @param operations those that made it
     * @param rollbackTo the revision that it goes back to
     */
    public record Item(
            int revision,
            long at,
            @Nullable JsonNode by,
            @Nullable String description,
            @Nullable JsonNode operations,
            @Nullable Integer rollbackTo) {}

    public static RevisionsBody of(RevisionsReading reading) {
        return new RevisionsBody(
                reading.revisions().stream().map(RevisionsBody::item).toList(), DegradedBody.of(reading.problems()));
    }

    private static Item item(RevisionReading revision) {
        JsonNode operations = revision.operations();
        JsonNode back = operations == null ? null : operations.get("rollback_to");
        return new Item(
                revision.revision(),
                revision.at(),
                by(revision),
                revision.description(),
                back == null ? operations : null,
                back == null ? null : (Integer) back.asInt());
    }

    private static @Nullable JsonNode by(RevisionReading revision) {
        if (revision.task() != null) {
            return JsonNodeFactory.instance.objectNode().put("task", revision.task());
        }
        return revision.by() == null ? null : TextNode.valueOf(revision.by());
    }
}
