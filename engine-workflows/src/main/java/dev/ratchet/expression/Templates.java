package dev.ratchet.expression;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * {@code ${…}} in all string values of a JSON tree. Each string is read once: what an expression gives is never read as a
 * template again. Keys are no templates. Thread-safe.
 */
public final class Templates {
    private static final Evaluator EVALUATOR = new Evaluator();

    private Templates() {}

    /**
     * Compiles every expression in the tree.
     *
     * @param base where the tree stands in its document
     * @param problems told the pointer and the message of each problem, in document order
     * @return what the sound expressions read together
     */
    public static Reads check(JsonNode tree, JsonPointer base, Names names, BiConsumer<JsonPointer, String> problems) {
        return check(tree, base, names, problems, Limits.JSON_DEPTH);
    }

    private static Reads check(
            JsonNode tree, JsonPointer at, Names names, BiConsumer<JsonPointer, String> problems, int depth) {
        Reads reads = Reads.NONE;
        if (tree.isTextual()) {
            return checkText(tree.textValue(), at, names, problems);
        }
        if (depth == 0 && tree.isContainerNode()) {
            problems.accept(at, "Expected at most " + Limits.JSON_DEPTH + " levels, but there are more");
            return reads;
        }
        if (tree instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                reads = reads.and(
                        check(field.getValue(), at.appendProperty(field.getKey()), names, problems, depth - 1));
            }
        } else {
            for (int i = 0; i < tree.size(); i++) {
                reads = reads.and(check(tree.get(i), at.appendIndex(i), names, problems, depth - 1));
            }
        }
        return reads;
    }

    private static Reads checkText(String text, JsonPointer at, Names names, BiConsumer<JsonPointer, String> problems) {
        Reads reads = Reads.NONE;
        if (text.indexOf("${") < 0) {
            return reads;
        }
        try {
            for (String cel : Template.parse(text).expressions()) {
                reads = reads.and(Expressions.check(cel, names).reads());
            }
        } catch (ExpressionException e) {
            problems.accept(at, e.text());
        }
        return reads;
    }

    /**
     * The tree with every template replaced by its value. Parts without templates are the nodes they were: treat the result
     * as immutable.
     *
     * @throws ExpressionException {@code execution_failed} when an expression fails or the values together pass 8 MB
     */
    public static JsonNode resolve(JsonNode tree, Bindings bindings) {
        return new Resolving(bindings).resolve(tree, Limits.JSON_DEPTH);
    }

    /** One resolution: counts what the values take together. */
    private static final class Resolving {
        private final Bindings bindings;
        private long size;

        Resolving(Bindings bindings) {
            this.bindings = bindings;
        }

        JsonNode resolve(JsonNode tree, int depth) {
            if (tree.isTextual()) {
                return tree.textValue().indexOf("${") < 0 ? tree : text(Template.parse(tree.textValue()), depth);
            }
            if (!tree.isContainerNode()) {
                return tree;
            }
            if (depth == 0) {
                throw ExpressionException.failed(
                        "Expected at most " + Limits.JSON_DEPTH + " levels, but there are more");
            }
            return tree instanceof ObjectNode object ? object(object, depth - 1) : array(tree, depth - 1);
        }

        private JsonNode object(ObjectNode tree, int depth) {
            ObjectNode resolved = JsonNodeFactory.instance.objectNode();
            boolean changed = false;
            for (Map.Entry<String, JsonNode> field : tree.properties()) {
                JsonNode value = resolve(field.getValue(), depth);
                changed |= value != field.getValue();
                resolved.set(field.getKey(), value);
            }
            return changed ? resolved : tree;
        }

        private JsonNode array(JsonNode tree, int depth) {
            ArrayNode resolved = JsonNodeFactory.instance.arrayNode(tree.size());
            boolean changed = false;
            for (JsonNode element : tree) {
                JsonNode value = resolve(element, depth);
                changed |= value != element;
                resolved.add(value);
            }
            return changed ? resolved : tree;
        }

        private JsonNode text(Template template, int depth) {
            if (template.isWhole()) {
                return counted(EVALUATOR.evaluate(template.whole(), bindings), depth);
            }
            StringBuilder text = new StringBuilder();
            for (Template.Part part : template.parts()) {
                switch (part) {
                    case Template.Part.Literal literal -> text.append(literal.text());
                    case Template.Part.Expression expression -> {
                        JsonNode value = counted(EVALUATOR.evaluate(expression.cel(), bindings), Limits.JSON_DEPTH);
                        text.append(value.isTextual() ? value.textValue() : value.toString());
                    }
                }
            }
            return TextNode.valueOf(text.toString());
        }

        private JsonNode counted(JsonNode value, int depth) {
            size += JsonSize.of(value, depth);
            if (size > Limits.RESULT) {
                throw ExpressionException.failed(
                        "Expected values of at most " + Limits.RESULT + " bytes together, but they take more");
            }
            return value;
        }
    }
}
