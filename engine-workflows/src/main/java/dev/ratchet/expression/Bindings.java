package dev.ratchet.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The values behind the names of an expression. Immutable and thread-safe; suppliers are asked at most once, when an
 * expression first reads the value, and what they throw reaches the caller of the evaluation unchanged. Nodes handed in must
 * not be changed afterwards: results may contain them.
 */
public final class Bindings {
    /** No names at all. */
    public static final Bindings NONE = builder().build();

    private final Map<Root, Lazy> roots;
    private final Map<String, Map<String, Lazy>> tasks;
    private final @Nullable Function<String, @Nullable String> secrets;

    private Bindings(Builder builder) {
        roots = Map.copyOf(builder.roots);
        tasks = Map.copyOf(builder.tasks);
        secrets = builder.secrets;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The output just produced, and nothing else. */
    public static Bindings ofOutput(JsonNode output) {
        return builder().value(Root.OUTPUT, output).build();
    }

    /** The same names and one more, or another value for it: the item of a map, the output of an edge. */
    public Bindings with(Root root, JsonNode value) {
        Builder builder = new Builder();
        builder.roots.putAll(roots);
        builder.tasks.putAll(tasks);
        builder.secrets = secrets;
        return builder.value(root, value).build();
    }

    /** The value of a plain root, or null where it is not bound. */
    @Nullable
    JsonNode value(Root root) {
        Lazy lazy = roots.get(root);
        return lazy == null ? null : lazy.get();
    }

    @Nullable
    Lazy lazy(Root root) {
        return roots.get(root);
    }

    @Nullable
    Map<String, Lazy> task(String id) {
        return tasks.get(id);
    }

    /** The secret as a text node, or null where there is none of that name. */
    @Nullable
    JsonNode secret(String name) {
        String value = secrets == null ? null : secrets.apply(name);
        return value == null ? null : JsonNodeFactory.instance.textNode(value);
    }

    /** Collects bindings; not thread-safe. */
    public static final class Builder {
        private final Map<Root, Lazy> roots = new EnumMap<>(Root.class);
        private final Map<String, Map<String, Lazy>> tasks = new HashMap<>();
        private @Nullable Function<String, @Nullable String> secrets;

        private Builder() {}

        public Builder value(Root root, JsonNode value) {
            return lazy(root, () -> value);
        }

        /** A value that is fetched only when an expression reads it. Tasks and secrets have verbs of their own. */
        public Builder lazy(Root root, Supplier<? extends JsonNode> value) {
            if (root == Root.TASKS || root == Root.SECRETS) {
                throw new IllegalArgumentException(
                        "Expected tasks and secrets to be bound one by one, but got a value for " + root.text());
            }
            roots.put(root, new Lazy(value));
            return this;
        }

        /**
         * A settled task.
         *
         * @param state its state as users see it
         * @param output asked when an expression reads the output; null where there is none, and reading it is an error
         * @param error its error, null where there is none, and reading it is an error
         */
        public Builder task(
                String id, String state, @Nullable Supplier<? extends JsonNode> output, @Nullable JsonNode error) {
            Map<String, Lazy> fields = new HashMap<>();
            fields.put("state", new Lazy(() -> JsonNodeFactory.instance.textNode(state)));
            if (output != null) {
                fields.put("output", new Lazy(output));
            }
            if (error != null) {
                fields.put("error", new Lazy(() -> error));
            }
            tasks.put(id, Map.copyOf(fields));
            return this;
        }

        /** A completed task whose output is at hand. */
        public Builder completed(String id, JsonNode output) {
            return task(id, "completed", () -> output, null);
        }

        /** Looks secrets up by name, each time they are read; null where there is none. */
        public Builder secrets(Function<String, @Nullable String> lookup) {
            this.secrets = lookup;
            return this;
        }

        public Bindings build() {
            return new Bindings(this);
        }
    }
}
