package dev.ratchet.task.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.re2j.Pattern;
import com.networknt.schema.Error;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.OutputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks inputs and outputs against JSON schemas and says what is wrong first. References lead nowhere but into the schema
 * itself, patterns are RE2, an attempt that is stopped stops checking, and a schema of a few lines that would branch for ever
 * is given up after so many steps, in proportion to the value. Thread-safe.
 */
public final class SchemaCheck {
    private static final Cache<JsonNode, Schema> COMPILED =
            CacheBuilder.newBuilder().maximumSize(500).build();

    private SchemaCheck() {}

    /** What is wrong with the value, as the end of a sentence; null when nothing is. */
    public static @Nullable String complaint(JsonNode schema, JsonNode value) {
        try {
            List<Error> errors = compiled(schema).validate(new Bounded(value), value, OutputFormat.DEFAULT);
            return errors.isEmpty() ? null : text(errors.get(0));
        } catch (Bounded.Stopped e) {
            throw e;
        } catch (Bounded.TooLong e) {
            return "the schema takes too many steps to be applied to it";
        } catch (RuntimeException | StackOverflowError e) {
            return "the schema cannot be applied to it";
        }
    }

    private static String text(Error error) {
        String at = error.getInstanceLocation().toString();
        return (at.isEmpty() ? "" : "at " + at + " ") + error.getMessage();
    }

    private static Schema compiled(JsonNode schema) {
        Schema known = COMPILED.getIfPresent(schema);
        if (known == null) {
            known = compile(schema);
            COMPILED.put(schema, known);
        }
        return known;
    }

    /** A registry of its own for each schema: none sees the ids of another. */
    private static Schema compile(JsonNode schema) {
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .failFast(true)
                .preloadSchema(true)
                .pathType(PathType.JSON_POINTER)
                .regularExpressionFactory(pattern -> {
                    Pattern compiled = Pattern.compile(pattern);
                    return text -> compiled.matcher(text).find();
                })
                .build();
        return SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12,
                        builder ->
                                builder.schemaRegistryConfig(config).schemaLoader(loader -> loader.block(iri -> true)))
                .getSchema(schema);
    }

    /** Counts the keywords that are looked at, and looks at the thread's interrupt with each. */
    private static final class Bounded extends ExecutionContext {
        private static final long STEPS = 200_000;
        private static final long STEPS_FOR_EACH_NODE = 50;

        private long left;

        Bounded(JsonNode value) {
            setFailFast(true);
            left = STEPS + STEPS_FOR_EACH_NODE * nodes(value);
        }

        private static long nodes(JsonNode value) {
            long nodes = 1;
            Deque<JsonNode> open = new ArrayDeque<>(List.of(value));
            while (!open.isEmpty()) {
                JsonNode next = open.pop();
                nodes += next.size();
                for (JsonNode child : next) {
                    if (child.isContainerNode()) {
                        open.push(child);
                    }
                }
            }
            return nodes;
        }

        @Override
        public void evaluationPathAddLast(String token) {
            step();
            super.evaluationPathAddLast(token);
        }

        @Override
        public void evaluationPathAddLast(int index) {
            step();
            super.evaluationPathAddLast(index);
        }

        private void step() {
            if (Thread.currentThread().isInterrupted()) {
                throw new Stopped();
            }
            if (--left < 0) {
                throw new TooLong();
            }
        }

        private static final class Stopped extends RuntimeException {
            private static final long serialVersionUID = 1L;

            Stopped() {
                super("Expected time to check a schema, but the attempt was stopped", null, false, false);
            }
        }

        private static final class TooLong extends RuntimeException {
            private static final long serialVersionUID = 1L;

            TooLong() {
                super("Expected a schema that can be applied in so many steps, but it takes more", null, false, false);
            }
        }
    }
}
