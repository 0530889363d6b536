package dev.ratchet.task.transform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
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

/** Our functions in the shape that the library calls; what they leave open, its own do. */
sealed interface JqExact extends Function {
    Function library();

    /** What needs no argument. */
    record OfInput(JqFunctions.Plain exact, Function library) implements JqExact {
        @Override
        public void apply(
                Scope scope,
                List<Expression> args,
                JsonNode in,
                @Nullable Path path,
                PathOutput output,
                Version version)
                throws JsonQueryException {
            JsonNode value = exact.apply(in);
            if (value == null) {
                library.apply(scope, args, in, path, output, version);
            } else {
                output.emit(value, null);
            }
        }
    }

    /** What compares the input with each value of an argument. */
    record OfPair(JqFunctions.Paired exact, Function library) implements JqExact {
        @Override
        public void apply(
                Scope scope,
                List<Expression> args,
                JsonNode in,
                @Nullable Path path,
                PathOutput output,
                Version version)
                throws JsonQueryException {
            args.get(0).apply(scope, in, argument -> {
                JsonNode value = exact.apply(in, argument);
                if (value == null) {
                    library.apply(scope, List.of(constant(argument)), in, path, output, version);
                } else {
                    output.emit(value, null);
                }
            });
        }

        private static Expression constant(JsonNode value) {
            return (scope, in, path, output, requirePath) -> output.emit(value, null);
        }
    }

    /** What orders the items of the input by what the argument makes of them. */
    record OfItems(JqFunctions.Keyed exact, Function library) implements JqExact {
        @Override
        public void apply(
                Scope scope,
                List<Expression> args,
                JsonNode in,
                @Nullable Path path,
                PathOutput output,
                Version version)
                throws JsonQueryException {
            if (!in.isArray()) {
                library.apply(scope, args, in, path, output, version);
                return;
            }
            List<JqFunctions.Item> items = new ArrayList<>(in.size());
            for (JsonNode item : in) {
                ArrayNode key = Json.mapper().createArrayNode();
                args.get(0).apply(scope, item, key::add);
                items.add(new JqFunctions.Item(item, key));
            }
            output.emit(exact.apply(items), null);
        }
    }
}
