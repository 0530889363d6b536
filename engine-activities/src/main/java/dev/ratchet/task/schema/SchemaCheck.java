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
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks inputs and outputs against JSON schemas and says what is wrong first. References lead nowhere but into the schema
 * itself, patterns are RE2, and an attempt that is stopped stops checking. Thread-safe.
 */
public final class SchemaCheck {
    private static final Cache<JsonNode, Schema> COMPILED =
            CacheBuilder.newBuilder().maximumSize(500).build();

    private SchemaCheck() {}

    /** What is wrong with the value, as the end of a sentence; null when nothing is. */
    public static @Nullable String complaint(JsonNode schema, JsonNode value) {
        try {
            List<Error> errors = compiled(schema).validate(new Interruptible(), value, OutputFormat.DEFAULT);
            return errors.isEmpty() ? null : text(errors.get(0));
        } catch (Interruptible.Stopped e) {
            throw e;
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

    /** Looks at the thread's interrupt with every keyword. */
    private static final class Interruptible extends ExecutionContext {
        Interruptible() {
            setFailFast(true);
        }

        @Override
        public void evaluationPathAddLast(String token) {
            if (Thread.currentThread().isInterrupted()) {
                throw new Stopped();
            }
            super.evaluationPathAddLast(token);
        }

        private static final class Stopped extends RuntimeException {
            private static final long serialVersionUID = 1L;

            Stopped() {
                super("Expected time to check a schema, but the attempt was stopped", null, false, false);
            }
        }
    }
}
