package dev.ratchet.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Checks what a task says against the schemas of its type, as far as that can be known before templates have values.
 * Thread-safe.
 */
final class SchemaChecks {
    private static final SchemaRegistryConfig CONFIG =
            SchemaRegistryConfig.builder().preloadSchema(true).build();

    private final Map<JsonNode, Schema> compiled = new ConcurrentHashMap<>();

    /**
     * Everything in {@code value} that misses the schema.
     *
     * @param schema of a task type: trusted, and one of few
     */
    List<SchemaProblem> check(JsonNode schema, JsonNode value, Holes holes) {
        List<Error> errors =
                compiled.computeIfAbsent(schema, SchemaChecks::compile).validate(value);
        if (errors.isEmpty()) {
            return List.of();
        }
        List<SchemaProblem> problems = new ArrayList<>();
        Map<String, List<Error>> alternatives = new LinkedHashMap<>();
        for (Error error : errors) {
            String choice = SchemaProblem.choice(error);
            if (choice != null) {
                alternatives.computeIfAbsent(choice, key -> new ArrayList<>()).add(error);
            } else if (!holes.excuse(value, error)) {
                problems.add(SchemaProblem.of(error));
            }
        }
        for (List<Error> group : alternatives.values()) {
            SchemaProblem problem = SchemaProblem.ofAlternatives(group);
            if (!holes.within(value, problem.path())) {
                problems.add(problem);
            }
        }
        return problems;
    }

    private static Schema compile(JsonNode schema) {
        Schema compiled = SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12,
                        builder ->
                                builder.schemaRegistryConfig(CONFIG).schemaLoader(loader -> loader.block(iri -> true)))
                .getSchema(schema);
        compiled.initializeValidators();
        return compiled;
    }
}
