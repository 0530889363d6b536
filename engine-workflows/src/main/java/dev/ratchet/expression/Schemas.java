package dev.ratchet.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.re2j.Pattern;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.OutputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import org.jspecify.annotations.Nullable;

/**
 * JSON Schema as a condition. References lead nowhere but into the schema itself, patterns are RE2, and validation stops at
 * the first error and at the limits of {@link Guard}.
 */
final class Schemas {
    private static final Cache<JsonNode, Schema> COMPILED =
            CacheBuilder.newBuilder().maximumSize(200).build();

    /** Knows the schemas of schemas, from the library itself. */
    private static final SchemaRegistry META = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private Schemas() {}

    static Schema compiled(JsonNode schema) {
        Schema known = COMPILED.getIfPresent(schema);
        if (known == null) {
            known = compile(schema);
            COMPILED.put(schema, known);
        }
        return known;
    }

    private static Schema compile(JsonNode schema) {
        if (schema.toString().length() > Limits.SCHEMA) {
            throw ExpressionException.invalid(
                    "Expected a schema of at most " + Limits.SCHEMA + " characters, but it is longer");
        }
        try {
            RefusedPattern refused = new RefusedPattern();
            Schema compiled = registry(refused).getSchema(schema);
            compiled.initializeValidators();
            refused.check();
            refuseMalformed(schema, compiled);
            return compiled;
        } catch (ExpressionException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            throw ExpressionException.invalid(
                    "Expected a JSON Schema without references to elsewhere, but it cannot be read");
        }
    }

    private static void refuseMalformed(JsonNode schema, Schema compiled) {
        String dialect = compiled.getSchemaContext().getDialect().getId();
        if (!META.getSchema(SchemaLocation.of(dialect)).validate(schema).isEmpty()) {
            throw ExpressionException.invalid("Expected a JSON Schema, but a keyword in it has a wrong value");
        }
    }

    /** A registry of its own for each schema: none sees the ids of another. */
    private static SchemaRegistry registry(RegularExpressionFactory patterns) {
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .failFast(true)
                .preloadSchema(true)
                .regularExpressionFactory(patterns)
                .build();
        return SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemaRegistryConfig(config).schemaLoader(loader -> loader.block(iri -> true)));
    }

    static boolean satisfied(JsonNode schema, JsonNode value) {
        Schema compiled = compiled(schema);
        Guard guard = new Guard();
        Guard before = guard.enter();
        try {
            return compiled.validate(new GuardedContext(guard), value, OutputFormat.BOOLEAN);
        } catch (Guard.LimitReached e) {
            throw ExpressionException.failed(String.valueOf(e.getMessage()));
        } catch (RuntimeException | StackOverflowError e) {
            throw ExpressionException.failed("Expected a schema that can be applied to the output, but it cannot");
        } finally {
            Guard.leave(before);
        }
    }

    /** Compiles patterns; keeps the first problem for us, because the library would log it as its own error. */
    private static final class RefusedPattern implements RegularExpressionFactory {
        private @Nullable ExpressionException problem;

        @Override
        public RegularExpression getRegularExpression(String pattern) {
            try {
                Pattern compiled = Patterns.compile(pattern);
                return text -> Patterns.find(text, compiled);
            } catch (ExpressionException e) {
                problem = problem == null ? e : problem;
                return text -> false;
            }
        }

        void check() {
            if (problem != null) {
                throw problem;
            }
        }
    }

    /** Every keyword that is looked at is a step. */
    private static final class GuardedContext extends ExecutionContext {
        private final Guard guard;

        GuardedContext(Guard guard) {
            this.guard = guard;
            setFailFast(true);
        }

        @Override
        public void evaluationPathAddLast(String token) {
            guard.step();
            super.evaluationPathAddLast(token);
        }

        @Override
        public void evaluationPathAddLast(int index) {
            guard.step();
            super.evaluationPathAddLast(index);
        }
    }
}
