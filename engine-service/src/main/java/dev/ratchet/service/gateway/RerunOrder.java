package dev.ratchet.service.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A run that is to be carried out again, as a new one.
 *
 * @param failed whether to carry out again what did not complete, rather than everything
 * @param id of the new run; absent for a fresh one
 * @param input of the new run; absent for the same
 * @param from ids of tasks to carry out again with all that depends on them; what is not among these keeps its output
 * @param key the same key is the same order
 * @param signature who asks, and why
 */
public record RerunOrder(
        boolean failed,
        @Nullable String id,
        @Nullable JsonNode input,
        Set<String> from,
        @Nullable String key,
        Signature signature) {
    public RerunOrder {
        from = new TreeSet<>(from);
    }

    /** Whether anything may keep its output. */
    boolean keeps() {
        return failed || !from.isEmpty();
    }
}
