package dev.ratchet.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * A condition of an edge, a task, a branch or a loop, as it was meant. Immutable; {@link #parse} accepts every spelling and
 * {@link #toJson} gives back one that parses to an equal condition.
 */
public sealed interface Condition {
    /** True when a CEL expression is. */
    record Cel(String expression) implements Condition {
        @Override
        public Reads check(Names names) {
            return Expressions.check(expression, names).reads();
        }

        @Override
        public String text() {
            return expression;
        }

        @Override
        public JsonNode toJson() {
            return TextNode.valueOf(expression);
        }
    }

    /** True when a JSONPath selects something in the output at hand, be it null. */
    record JsonPath(String path) implements Condition {
        @Override
        public Reads check(Names names) {
            names.admit(path);
            JsonPaths.compiled(path);
            names.admit(Reads.ofOutput());
            return Reads.ofOutput();
        }

        @Override
        public String text() {
            return "jsonpath: " + path;
        }

        @Override
        public JsonNode toJson() {
            return JsonNodeFactory.instance.objectNode().put("jsonpath", path);
        }
    }

    /** True when the output at hand satisfies a JSON Schema (draft 2020-12 unless it names another). */
    record Schema(JsonNode schema) implements Condition {
        public Schema {
            schema = schema.deepCopy();
        }

        @Override
        public Reads check(Names names) {
            Schemas.compiled(schema);
            names.admit(Reads.ofOutput());
            return Reads.ofOutput();
        }

        @Override
        public String text() {
            return "schema: " + schema;
        }

        @Override
        public JsonNode toJson() {
            return JsonNodeFactory.instance.objectNode().set("schema", schema.deepCopy());
        }
    }

    /**
     * Compiles the condition and checks that it reads only what {@code names} allows.
     *
     * @return what it reads
     * @throws ExpressionException {@code expression_invalid}
     */
    Reads check(Names names);

    /** One line for people: in messages, in the picture of a graph. */
    String text();

    /** A spelling that {@link #parse} reads as this condition. */
    JsonNode toJson();

    /** What it reads, unchecked. Fails with {@code expression_invalid} where it does not compile. */
    default Reads reads() {
        return this instanceof Cel cel ? Programs.compiled(cel.expression()).reads() : Reads.ofOutput();
    }

    /** A CEL condition; {@code $.score >= 80} and {@code ${…}} around the whole are accepted. */
    static Condition cel(String text) {
        return new Cel(ConditionParser.celOf(text));
    }

    /**
     * Reads a condition as documents hold it.
     *
     * @throws ExpressionException {@code expression_invalid} when it has none of the known forms; whether it compiles is
     *     asked by {@link #check}
     */
    static Condition parse(JsonNode json) {
        return ConditionParser.parse(json);
    }
}
