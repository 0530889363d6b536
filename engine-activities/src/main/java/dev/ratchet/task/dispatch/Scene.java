package dev.ratchet.task.dispatch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.run.RunContext;
import dev.ratchet.run.Source;
import dev.ratchet.run.TaskKey;
import dev.ratchet.run.Value;
import dev.ratchet.task.blob.BlobStore;
import dev.ratchet.task.blob.Values;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the attempts of one request see of their run: its input and the settled tasks that travelled with them. Stored values
 * are read when somebody asks, once for all attempts. Thread-safe.
 */
final class Scene {
    private final RunContext run;
    private final Map<String, Source> sources;
    private final Values values;
    private final Memo<JsonNode> input;
    private final Map<String, Memo<JsonNode>> outputs = new ConcurrentHashMap<>();
    private final Map<Value, Memo<JsonNode>> loaded = new ConcurrentHashMap<>();

    Scene(RunContext run, Map<String, Source> sources, Values values) {
        this.run = run;
        this.sources = sources;
        this.values = values;
        this.input = new Memo<>(() -> values.load(run.input()));
    }

    RunContext run() {
        return run;
    }

    JsonNode input() {
        return input.get();
    }

    /** {@code run} as expressions see it. */
    JsonNode facts() {
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        facts.put("id", run.id()).put("organization", run.organization());
        ObjectNode labels = facts.putObject("labels");
        run.labels().forEach(labels::put);
        return facts;
    }

    /** What travelled under a name; absent when nothing did. */
    @Nullable
    Value value(String key) {
        Source source = sources.get(key);
        return source == null ? null : source.output();
    }

    /** A value that travelled, read once for all attempts. */
    JsonNode load(Value value) {
        return loaded.computeIfAbsent(value, any -> new Memo<>(() -> values.load(value, BlobStore.MAX_BYTES)))
                .get();
    }

    /** The settled task that {@code id} means in a scope: one of that scope, else of the nearest scope around it. */
    @Nullable
    Seen find(String scope, String id) {
        for (String at = scope; ; at = outer(at)) {
            String key = new TaskKey(at, id).toString();
            Source source = sources.get(key);
            if (source != null) {
                return new Seen(source, outputOf(key, source));
            }
            if (at.isEmpty()) {
                return null;
            }
        }
    }

    private @Nullable Supplier<JsonNode> outputOf(String key, Source source) {
        var output = source.output();
        return output == null
                ? null
                : outputs.computeIfAbsent(key, any -> new Memo<>(() -> values.load(output, BlobStore.MAX_BYTES)));
    }

    /** {@code a[1].b[2]} lies in {@code a[1]}, and that in the root. */
    static String outer(String scope) {
        int end = scope.lastIndexOf("].");
        return end < 0 ? TaskKey.ROOT : scope.substring(0, end + 1);
    }

    /**
     * A settled task that is in sight.
     *
     * @param output reads it whole; absent when the task has none
     */
    record Seen(Source source, @Nullable Supplier<JsonNode> output) {
        boolean isCompleted() {
            return source.state().equals("completed") && output != null;
        }
    }
}
