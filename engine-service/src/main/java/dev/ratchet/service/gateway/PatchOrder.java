package dev.ratchet.service.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.service.patch.DocumentPatch;
import org.jspecify.annotations.Nullable;

/**
 * A change of a run's graph, as somebody asks for it.
 *
 * @param base number of the graph that it must be made from; absent: of whichever there is
 * @param dryRun whether nothing is to happen
 * @param key the same key is the same order
 */
public record PatchOrder(
        What what,
        Signature signature,
        @Nullable Integer base,
        boolean dryRun,
        @Nullable String key) {
    /** What is to become of the graph. */
    public sealed interface What {
        /** Operations on the document. */
        record Operations(DocumentPatch patch) implements What {}

        /** More tasks, written with {@code deps} whatever the form of the document. */
        record Tasks(JsonNode tasks) implements What {}

        /** As it was at an earlier revision, for all that has not begun. */
        record Rollback(int revision) implements What {}
    }

    /**
     * Who asked and why.
     *
     * @param by a name
     * @param task the task in whose name it is asked
     */
    public record Signature(
            @Nullable String by,
            @Nullable String task,
            @Nullable String description) {
        public static final Signature NONE = new Signature(null, null, null);
    }
}
