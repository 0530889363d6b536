package dev.ratchet.task.transform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.re2j.Matcher;
import dev.ratchet.document.Json;
import java.util.ArrayList;
import java.util.List;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.path.Path;
import org.jspecify.annotations.Nullable;

/**
 * The two functions that all pattern functions of jq are made of, with RE2 patterns: no look-around and no back-references,
 * and so no text that takes for ever.
 */
final class JqPatterns {
    private JqPatterns() {}

    /** {@code _match_impl(re; flags; test)}: whether the input matches, or a list of its matches. */
    static final class Match implements Function {
        @Override
        public void apply(
                Scope scope,
                List<Expression> args,
                JsonNode in,
                @Nullable Path path,
                PathOutput output,
                Version version)
                throws JsonQueryException {
            String text = text(in, "matched");
            for (JsonNode test : values(scope, args.get(2), in)) {
                for (JsonNode flags : values(scope, args.get(1), in)) {
                    for (JsonNode pattern : values(scope, args.get(0), in)) {
                        JqPattern compiled = JqPattern.of(pattern, flags);
                        output.emit(test.asBoolean() ? found(compiled, text) : matches(compiled, text), null);
                    }
                }
            }
        }

        private static JsonNode found(JqPattern pattern, String text) {
            return BooleanNode.valueOf(!pattern.matches(text, (matcher, offset) -> {}, true));
        }

        private static ArrayNode matches(JqPattern pattern, String text) {
            ArrayNode matches = Json.mapper().createArrayNode();
            pattern.matches(text, (matcher, offset) -> matches.add(JqPattern.describe(matcher, offset)), false);
            return matches;
        }
    }

    /** {@code _sub_impl(re; replacement; flags)}: the input with its matches replaced. */
    static final class Substitute implements Function {
        @Override
        public void apply(
                Scope scope,
                List<Expression> args,
                JsonNode in,
                @Nullable Path path,
                PathOutput output,
                Version version)
                throws JsonQueryException {
            String text = text(in, "matched");
            for (JsonNode flags : values(scope, args.get(2), in)) {
                for (JsonNode pattern : values(scope, args.get(0), in)) {
                    output.emit(
                            new TextNode(substituted(scope, args.get(1), JqPattern.of(pattern, flags), text)), null);
                }
            }
        }

        private static String substituted(Scope scope, Expression replacement, JqPattern pattern, String text)
                throws JsonQueryException {
            List<ObjectNode> named = new ArrayList<>();
            List<int[]> spans = new ArrayList<>();
            pattern.matches(
                    text,
                    (matcher, offset) -> {
                        named.add(JqPattern.named(matcher));
                        spans.add(new int[] {matcher.start(), matcher.end()});
                    },
                    false);
            StringBuilder result = new StringBuilder();
            int end = 0;
            for (int i = 0; i < spans.size(); i++) {
                List<JsonNode> values = values(scope, replacement, named.get(i));
                if (values.size() != 1) {
                    throw new JsonQueryException(
                            "Expected one replacement for each match, but there are " + values.size());
                }
                result.append(text, end, spans.get(i)[0]).append(text(values.get(0), "inserted"));
                JqBounds.current().size(result.length());
                end = spans.get(i)[1];
            }
            return result.append(text, end, text.length()).toString();
        }
    }

    private static String text(JsonNode value, String use) throws JsonQueryException {
        if (!value.isTextual()) {
            throw new JsonQueryException("Expected a string to be " + use + ", but it is of type "
                    + value.getNodeType().name().toLowerCase(java.util.Locale.ROOT));
        }
        return value.textValue();
    }

    private static List<JsonNode> values(Scope scope, Expression expression, JsonNode in) throws JsonQueryException {
        List<JsonNode> values = new ArrayList<>();
        expression.apply(scope, in, null, (value, path) -> values.add(value), false);
        return values;
    }

    /** Takes one match and where it starts, in code points. */
    interface Found {
        void at(Matcher matcher, int offset);
    }
}
