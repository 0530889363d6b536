package dev.ratchet.expression;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.runtime.CelVariableResolver;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The bindings as one evaluation sees them: fetching is not on the expression's clock, and its failures are not CEL's. */
final class Scope implements CelVariableResolver {
    private final Bindings bindings;
    private final Guard guard;

    Scope(Bindings bindings, Guard guard) {
        this.bindings = bindings;
        this.guard = guard;
    }

    @Override
    public Optional<Object> find(String name) {
        Root root = Root.of(name);
        if (root == null) {
            return Optional.empty();
        }
        return switch (root) {
            case TASKS -> Optional.of(new Lookup(this::task, id -> bindings.task(id) != null));
            case SECRETS -> {
                Lookup.Source secret = key -> fetched(() -> bindings.secret(key));
                yield Optional.of(new Lookup(secret, key -> secret.find(key) != null));
            }
            case INPUT, ARGS, OUTPUT, ITEM, INDEX, ITERATION, PREVIOUS, RUN -> Optional.of(plain(root));
        };
    }

    private Object plain(Root root) {
        Object value = fetched(() -> bindings.value(root));
        if (value == null) {
            throw new Guard.StepFailed("Expected '" + root.text() + "' to have a value here, but it has none");
        }
        return value;
    }

    private @Nullable Object task(String id) {
        Map<String, Lazy> fields = bindings.task(id);
        if (fields == null) {
            return null;
        }
        return new Lookup(
                field -> {
                    Lazy value = fields.get(field);
                    return value == null ? null : fetched(value::get);
                },
                fields::containsKey);
    }

    private @Nullable Object fetched(Supplier<@Nullable JsonNode> source) {
        long start = System.nanoTime();
        try {
            JsonNode node = source.get();
            return node == null ? null : JsonValues.toCel(node);
        } catch (Guard.StepFailed e) {
            throw e;
        } catch (RuntimeException e) {
            throw new FetchFailed(e);
        } finally {
            guard.excuse(System.nanoTime() - start);
        }
    }

    /** Carries what a supplier threw past CEL, which would make it a failure of the expression. */
    static final class FetchFailed extends Error {
        private static final long serialVersionUID = 1L;
        private final transient RuntimeException failure;

        FetchFailed(RuntimeException failure) {
            super(failure);
            this.failure = failure;
        }

        RuntimeException failure() {
            return failure;
        }
    }

    /** A map that is only ever asked for constant keys: {@link Syntax} admits nothing else. */
    private static final class Lookup extends AbstractMap<String, Object> {
        private final Source source;
        private final Predicate<String> present;

        /** {@code present} is asked first, so that {@code has(…)} need not fetch. */
        Lookup(Source source, Predicate<String> present) {
            this.source = source;
            this.present = present;
        }

        @Override
        public @Nullable Object get(@Nullable Object key) {
            return key instanceof String name ? source.find(name) : null;
        }

        @Override
        public boolean containsKey(@Nullable Object key) {
            return key instanceof String name && present.test(name);
        }

        @Override
        public Set<Map.Entry<String, Object>> entrySet() {
            return Set.of();
        }

        private interface Source {
            @Nullable
            Object find(String name);
        }
    }
}
