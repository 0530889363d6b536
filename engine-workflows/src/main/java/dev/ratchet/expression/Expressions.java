package dev.ratchet.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Compiles expressions and says what they read. Bounds: 4 KB of source, 50 levels, two of {@code all}, {@code exists},
 * {@code exists_one}, {@code filter} and {@code map}, none of them over or inside of a {@code map}; at run time 1,000
 * iterations, a second, 32 M characters built in all, 8 MB of result. Thread-safe.
 */
public final class Expressions {
    private Expressions() {}

    /**
     * Compiles {@code cel} and checks that it reads only what {@code names} allows.
     *
     * @throws ExpressionException {@code expression_invalid}
     */
    public static Checked check(String cel, Names names) {
        names.admit(cel);
        Programs.Compiled compiled = Programs.compiled(cel);
        names.admit(compiled.reads());
        return new Checked(cel, compiled.reads());
    }

    /**
     * Compiles and evaluates one of each kind. The first use of the libraries takes up to seconds; whoever must answer in
     * time calls this before the first request.
     */
    public static void warmUp() {
        ObjectNode output =
                JsonNodeFactory.instance.objectNode().put("score", 81.5).put("name", "warm");
        Bindings bindings = Bindings.ofOutput(output);
        ConditionEvaluator conditions = new ConditionEvaluator();
        conditions.test(Condition.cel("output.score >= 80 && output.name.matches('^w')"), bindings);
        conditions.test(Condition.cel("[1, 2].exists(n, n > 1) && has(output.name)"), bindings);
        conditions.test(
                Condition.parse(pair("jsonpath", JsonNodeFactory.instance.textNode("$[?(@.a > 1)]"))), bindings);
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        conditions.test(Condition.parse(pair("schema", schema)), bindings);
        Templates.resolve(JsonNodeFactory.instance.textNode("${output.name}: ${output.score + 1.0}"), bindings);
    }

    private static JsonNode pair(String field, JsonNode value) {
        return JsonNodeFactory.instance.objectNode().set(field, value);
    }
}
