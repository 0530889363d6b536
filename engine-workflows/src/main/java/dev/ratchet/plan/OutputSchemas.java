package dev.ratchet.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Problems;
import dev.ratchet.document.TaskDocument;
import dev.ratchet.expression.Condition;
import dev.ratchet.expression.ExpressionException;
import dev.ratchet.expression.Names;
import dev.ratchet.expression.Root;
import java.util.HashMap;
import java.util.Map;

/**
 * Whether the output schemas of tasks are JSON Schemas. Tasks often share one; and as each takes a while to compile, only
 * the first so many different ones of a document are looked at: the rest is found out when an output is checked.
 */
final class OutputSchemas {
    private static final int LOOKED_AT = 200;

    private final Map<JsonNode, String> known = new HashMap<>();

    void check(TaskDocument task, Problems problems) {
        JsonNode schema = task.values().outputSchema();
        if (schema == null || (known.size() == LOOKED_AT && !known.containsKey(schema))) {
            return;
        }
        String problem = known.computeIfAbsent(schema, OutputSchemas::problem);
        if (!problem.isEmpty()) {
            problems.invalid(task.at("output_schema"), problem);
        }
    }

    private static String problem(JsonNode schema) {
        try {
            new Condition.Schema(schema).check(Names.of(Root.OUTPUT));
            return "";
        } catch (ExpressionException e) {
            return e.text();
        }
    }
}
