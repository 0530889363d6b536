package dev.ratchet.task.transform;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.JsonQueryFunction;
import net.thisptr.jackson.jq.path.Path;
import org.jspecify.annotations.Nullable;

/**
 * The functions of jq, guarded like programs; patterns are RE2, which never backtracks. What reads the worker instead of
 * the input is left out.
 */
final class JqLibrary {
    static final Version VERSION = Versions.JQ_1_7;

    private static final Set<String> LEFT_OUT = Set.of("env", "debug_scope", "input", "debug", "stderr");
    private static final Set<String> BY_PATH = Set.of("setpath", "delpaths", "getpath");

    private JqLibrary() {}

    /** Shared by all evaluations, which only read it. */
    static Scope scope() {
        return Holder.SCOPE;
    }

    private static final class Holder {
        private static final Scope SCOPE = load();

        private static Scope load() {
            Scope scope = Scope.newEmptyScope();
            Map<String, Function> functions =
                    BuiltinFunctionLoader.getInstance().listFunctions(VERSION, scope);
            functions.forEach((signature, function) -> {
                String name = signature.replaceFirst("/\\d+$", "");
                if (!LEFT_OUT.contains(name)) {
                    scope.addFunction(signature, guarded(name, exact(signature, function)));
                }
            });
            scope.addFunction("_match_impl", 3, new JqPatterns.Match());
            scope.addFunction("_sub_impl", 3, new JqPatterns.Substitute());
            return scope;
        }

        /** The function itself, or ours in its place. */
        private static Function exact(String signature, Function function) {
            JqFunctions.Plain plain = JqFunctions.PLAIN.get(signature);
            JqFunctions.Paired paired = JqFunctions.PAIRED.get(signature);
            JqFunctions.Keyed keyed = JqFunctions.KEYED.get(signature);
            if (plain != null) {
                return new JqExact.OfInput(plain, function);
            }
            if (paired != null) {
                return new JqExact.OfPair(paired, function);
            }
            return keyed == null ? function : new JqExact.OfItems(keyed, function);
        }

        private static Function guarded(String name, Function function) {
            JqTree.guard(function, Scope.newEmptyScope());
            // What is written in jq consists of guarded steps already.
            return function instanceof JsonQueryFunction ? function : new Guarded(function, BY_PATH.contains(name));
        }
    }

    /** A function of the library: looks at the bounds when it is called and at each value it gives. */
    private record Guarded(Function function, boolean byPath) implements Function {
        @Override
        public void apply(
                Scope scope,
                List<Expression> args,
                JsonNode in,
                @Nullable Path path,
                PathOutput output,
                Version version)
                throws JsonQueryException {
            JqBounds bounds = JqBounds.current();
            bounds.step();
            List<Expression> checked =
                    byPath ? args.stream().<Expression>map(PathArgument::new).toList() : args;
            function.apply(scope, checked, in, path, bounds.watching(output), version);
        }
    }

    /** An argument that may be a path, or a list of paths: its indices are looked at. */
    private record PathArgument(Expression argument) implements Expression {
        @Override
        public void apply(Scope scope, JsonNode in, @Nullable Path path, PathOutput output, boolean requirePath)
                throws JsonQueryException {
            argument.apply(
                    scope,
                    in,
                    path,
                    (value, at) -> {
                        look(value, 2);
                        output.emit(value, at);
                    },
                    requirePath);
        }

        private static void look(JsonNode value, int levels) {
            if (value.isArray() && levels > 0) {
                value.forEach(item -> look(item, levels - 1));
            } else {
                JqBounds.current().index(value);
            }
        }
    }
}
