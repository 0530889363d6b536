package dev.ratchet.task.transform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.operators.BinaryOperator;
import net.thisptr.jackson.jq.internal.operators.MinusOperator;
import net.thisptr.jackson.jq.internal.tree.ArrayConstruction;
import net.thisptr.jackson.jq.internal.tree.FormattingFilter;
import net.thisptr.jackson.jq.internal.tree.FunctionCall;
import net.thisptr.jackson.jq.internal.tree.FunctionDefinition;
import net.thisptr.jackson.jq.internal.tree.NegativeExpression;
import net.thisptr.jackson.jq.internal.tree.ObjectConstruction;
import net.thisptr.jackson.jq.internal.tree.StringInterpolation;
import net.thisptr.jackson.jq.internal.tree.ThisObject;
import net.thisptr.jackson.jq.internal.tree.binaryop.BinaryOperatorExpression;
import net.thisptr.jackson.jq.internal.tree.fieldaccess.BracketFieldAccess;
import net.thisptr.jackson.jq.internal.tree.literal.ValueLiteral;
import net.thisptr.jackson.jq.path.Path;
import org.jspecify.annotations.Nullable;

/**
 * Puts a look at the bounds around every step of a compiled program. The library has no hook for that and cannot be
 * interrupted, so its tree is rewritten in place, by reflection; a test walks programs of every kind, so that another version
 * of the library that differs is noticed in the build.
 */
final class JqTree {
    private static final String LIBRARY = "net.thisptr.jackson.jq.";

    private final SortedSet<String> called = new TreeSet<>();
    private final Set<String> defined = new HashSet<>();

    private JqTree() {}

    /** Guards a tree that no evaluation has seen yet; returns the functions it calls and nobody defines. */
    static List<String> guard(Object root, Scope scope) {
        JqTree tree = new JqTree();
        tree.visit(root);
        return tree.called.stream()
                .filter(name -> !tree.defined.contains(name) && !isBuiltIn(scope, name))
                .toList();
    }

    private static boolean isBuiltIn(Scope scope, String signature) {
        int slash = signature.lastIndexOf('/');
        return scope.getFunction(signature.substring(0, slash), Integer.parseInt(signature.substring(slash + 1)))
                != null;
    }

    private void visit(Object node) {
        note(node);
        for (Class<?> type = node.getClass(); type.getName().startsWith(LIBRARY); type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    visitField(node, field);
                }
            }
        }
    }

    private void note(Object node) {
        if (node instanceof FunctionCall) {
            called.add(get(node, "name") + "/" + ((List<?>) get(node, "args")).size());
        } else if (node instanceof FunctionDefinition) {
            List<?> args = (List<?>) get(node, "args");
            defined.add(get(node, "fname") + "/" + args.size());
            // A parameter is called like a function.
            args.forEach(arg -> defined.add(arg + "/0"));
        }
    }

    private void visitField(Object node, Field field) {
        field.setAccessible(true);
        try {
            Object value = field.get(node);
            Object guarded = value == null ? null : guarded(value);
            if (guarded != value) {
                field.set(node, guarded);
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("Expected to guard '" + field + "', but it cannot be reached", e);
        }
    }

    private Object guarded(Object value) {
        if (value instanceof List<?> list) {
            List<Object> items = new ArrayList<>(list.size());
            list.forEach(item -> items.add(item == null ? item : guarded(item)));
            return items;
        }
        if (value instanceof BinaryOperator operator) {
            return new JqOperator(operator);
        }
        // Leaves cost nothing, and the library asks whether something is one of them.
        boolean leaf = value instanceof ThisObject || value instanceof ValueLiteral || value instanceof Enum;
        if (leaf || value instanceof Scope || !value.getClass().getName().startsWith(LIBRARY)) {
            return value;
        }
        visit(value);
        if (value instanceof NegativeExpression negative) {
            return new Negation((Expression) get(negative, "value"));
        }
        if (value instanceof Expression expression) {
            return MakingStep.makes(expression) ? new MakingStep(expression) : new Step(expression);
        }
        return value;
    }

    private static Object get(Object node, String name) {
        try {
            Field field = node.getClass().getDeclaredField(name);
            field.setAccessible(true);
            return field.get(node);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Expected a field '" + name + "', but this version has none", e);
        }
    }

    /** A step that hands on what is there: looks at the clock. Whatever repeats has such a step in it. */
    private record Step(Expression expression) implements Expression {
        @Override
        public void apply(Scope scope, JsonNode in, @Nullable Path path, PathOutput output, boolean requirePath)
                throws JsonQueryException {
            JqBounds.current().step();
            expression.apply(scope, in, path, output, requirePath);
        }

        @Override
        public String toString() {
            return expression.toString();
        }
    }

    /** The library's own goes by way of a double. */
    private record Negation(Expression value) implements Expression {
        private static final JqOperator MINUS = new JqOperator(new MinusOperator());

        @Override
        public void apply(Scope scope, JsonNode in, @Nullable Path path, PathOutput output, boolean requirePath)
                throws JsonQueryException {
            JqBounds.current().step();
            value.apply(scope, in, number -> {
                if (!number.isNumber()) {
                    throw new JsonQueryException("only numbers can be negated");
                }
                output.emit(MINUS.apply(scope.getObjectMapper(), IntNode.valueOf(0), number), null);
            });
        }

        @Override
        public String toString() {
            return "-(" + value + ")";
        }
    }

    /** A step that makes new values, or paths: looks at each of them too. */
    private record MakingStep(Expression expression) implements Expression {
        static boolean makes(Expression expression) {
            return expression instanceof ArrayConstruction
                    || expression instanceof ObjectConstruction
                    || expression instanceof BinaryOperatorExpression
                    || expression instanceof StringInterpolation
                    || expression instanceof FormattingFilter
                    || expression instanceof BracketFieldAccess;
        }

        @Override
        public void apply(Scope scope, JsonNode in, @Nullable Path path, PathOutput output, boolean requirePath)
                throws JsonQueryException {
            JqBounds bounds = JqBounds.current();
            bounds.step();
            expression.apply(scope, in, path, bounds.watching(output), requirePath);
        }

        @Override
        public String toString() {
            return expression.toString();
        }
    }
}
