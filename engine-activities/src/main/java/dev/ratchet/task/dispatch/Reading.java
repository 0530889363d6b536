package dev.ratchet.task.dispatch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.expression.Bindings;
import dev.ratchet.expression.Root;
import dev.ratchet.run.Value;
import dev.ratchet.task.blob.BlobException;
import dev.ratchet.task.blob.Values;
import java.util.function.Supplier;

/** The names that the expressions of one task may use, bound to what it sees. */
final class Reading {
    private Reading() {}

    /**
     * Binds {@code input}, {@code run}, {@code args} and the tasks that are read.
     *
     * @param scope where the task runs
     * @param args the task's resolved input
     */
    static Bindings.Builder bindings(
            Scene scene, String scope, Iterable<String> tasks, Supplier<? extends JsonNode> args) {
        Bindings.Builder bindings = Bindings.builder()
                .lazy(Root.INPUT, scene::input)
                .lazy(Root.RUN, scene::facts)
                .lazy(Root.ARGS, args);
        Turns.bind(bindings, scene, scope);
        for (String id : tasks) {
            Scene.Seen seen = scene.find(scope, id);
            if (seen != null) {
                bind(bindings, id, seen);
            }
        }
        return bindings;
    }

    private static void bind(Bindings.Builder bindings, String id, Scene.Seen seen) {
        var error = seen.source().error();
        bindings.task(id, seen.source().state(), limited(seen), error == null ? null : Json.tree(error));
    }

    /** Expressions see a stored value whole up to 4 MB, and nothing of a larger one. */
    static @org.jspecify.annotations.Nullable Supplier<JsonNode> limited(Scene.Seen seen) {
        if (seen.source().output() instanceof Value.Stored stored && stored.size() > Values.EXPRESSION_BYTES) {
            return () -> {
                throw BlobException.tooLarge(Values.EXPRESSION_BYTES);
            };
        }
        return seen.output();
    }
}
