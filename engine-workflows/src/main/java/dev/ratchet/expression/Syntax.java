package dev.ratchet.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.ratchet.document.Text;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Walks the syntax tree of one expression before it is type-checked: refuses what is too deep, loops too often or names what
 * does not exist, and collects what is read.
 */
final class Syntax {
    private static final Set<String> TYPES =
            Set.of("bool", "bytes", "double", "int", "list", "map", "null_type", "string", "type", "uint");
    private static final Set<String> TIMES = Set.of("timestamp", "duration");
    private static final Set<String> EQUALITY = Set.of("_==_", "_!=_");

    /** What hands on a value that it was given. */
    private static final Set<String> PASSING = Set.of("_?_:_", "dyn", "_&&_", "_||_", "!_", "@not_strictly_false");

    private final Map<Long, CelExpr> macros;
    private final Deque<String> locals = new ArrayDeque<>();
    private final Set<Long> timeTexts = new HashSet<>();
    private final Set<Long> operands = new HashSet<>();
    private final Set<String> functions = new HashSet<>();
    private final ReadCollector reads = new ReadCollector();
    private int comprehensions;
    private int depth;
    private int maps;

    private Syntax(Map<Long, CelExpr> macros) {
        this.macros = macros;
    }

    /**
     * What the walk found.
     *
     * @param reads what the expression reads
     * @param functions the names of the functions and operators it calls
     * @param timeTexts ids of the expressions that are read as times or durations
     * @param operands ids of the expressions that are calculated with or compared, so that a number must be one that CEL has
     */
    record Findings(Reads reads, Set<String> functions, Set<Long> timeTexts, Set<Long> operands) {}

    static Findings walk(CelAbstractSyntaxTree tree) {
        Syntax syntax = new Syntax(tree.getSource().getMacroCalls());
        syntax.visit(tree.getExpr());
        return new Findings(
                syntax.reads.reads(),
                Set.copyOf(syntax.functions),
                Set.copyOf(syntax.timeTexts),
                Set.copyOf(syntax.operands));
    }

    private void visit(CelExpr expr) {
        if (++depth > Limits.DEPTH) {
            throw ExpressionException.invalid(
                    "Expected an expression at most " + Limits.DEPTH + " levels deep, but it is deeper");
        }
        switch (expr.getKind()) {
            case IDENT, SELECT -> path(expr);
            case CALL -> call(expr);
            case LIST -> expr.list().elements().forEach(this::visit);
            case MAP ->
                expr.map().entries().forEach(entry -> {
                    visit(entry.key());
                    visit(entry.value());
                });
            case COMPREHENSION -> comprehension(expr);
            case STRUCT ->
                throw ExpressionException.invalid("Expected lists and maps, but '"
                        + Text.brief(expr.struct().messageName()) + "{…}' makes a message");
            case CONSTANT, NOT_SET -> {}
        }
        depth--;
    }

    private void call(CelExpr expr) {
        CelExpr.CelCall call = expr.call();
        functions.add(call.function());
        if (call.function().equals(Path.INDEX)) {
            path(expr);
            return;
        }
        call.target().ifPresent(this::visit);
        call.args().forEach(this::visit);
        operands(call);
        if (TIMES.contains(call.function())) {
            call.args().forEach(arg -> timeTexts.add(arg.id()));
        }
        if (call.function().equals("matches") && !call.args().isEmpty()) {
            CelConstant pattern = call.args().getLast().constantOrDefault();
            if (pattern.getKind() == CelConstant.Kind.STRING_VALUE) {
                Patterns.compile(pattern.stringValue());
            }
        }
    }

    private void operands(CelExpr.CelCall call) {
        boolean asksWhetherThere =
                EQUALITY.contains(call.function()) && call.args().stream().anyMatch(Syntax::isNull);
        if (!PASSING.contains(call.function()) && !asksWhetherThere) {
            call.target().ifPresent(target -> operands.add(target.id()));
            call.args().forEach(arg -> operands.add(arg.id()));
        }
    }

    private static boolean isNull(CelExpr expr) {
        return expr.constantOrDefault().getKind() == CelConstant.Kind.NULL_VALUE;
    }

    private void comprehension(CelExpr expr) {
        CelExpr.CelComprehension loop = expr.comprehension();
        if (++comprehensions > Limits.COMPREHENSIONS) {
            throw ExpressionException.invalid("Expected at most " + Limits.COMPREHENSIONS
                    + " of all, exists, exists_one, filter and map, but there are more");
        }
        int mapsBefore = maps;
        visit(loop.iterRange());
        boolean isMap = isMap(expr);
        if (maps > mapsBefore || insideMap()) {
            throw ExpressionException.invalid(
                    "Expected no all, exists, exists_one, filter or map over or inside of a map, but there is one");
        }
        visit(loop.accuInit());
        locals.push(loop.accuVar());
        visit(loop.result());
        if (isMap) {
            maps++;
            locals.push(INSIDE_MAP);
        }
        locals.push(loop.iterVar());
        visit(loop.loopCondition());
        visit(loop.loopStep());
        locals.pop();
        if (isMap) {
            locals.pop();
        }
        locals.pop();
    }

    /** A mark among the local names; no identifier is spelled so. */
    private static final String INSIDE_MAP = "(map)";

    private boolean insideMap() {
        return locals.contains(INSIDE_MAP);
    }

    private boolean isMap(CelExpr expr) {
        CelExpr macro = macros.get(expr.id());
        return macro == null || macro.callOrDefault().function().equals("map");
    }

    /** An identifier with the fields and indexes after it: the unit in which things are read. */
    private void path(CelExpr expr) {
        Path path = Path.of(expr);
        depth += path.length();
        if (depth > Limits.DEPTH) {
            throw ExpressionException.invalid(
                    "Expected an expression at most " + Limits.DEPTH + " levels deep, but it is deeper");
        }
        if (!path.indexes().isEmpty()) {
            functions.add(Path.INDEX);
        }
        path.indexes().forEach(this::visit);
        if (path.base().getKind() == CelExpr.ExprKind.Kind.IDENT) {
            String name = path.base().ident().name();
            if (!locals.contains(name) && !TYPES.contains(name)) {
                reads.read(name, path.names());
            }
        } else {
            visit(path.base());
        }
        depth -= path.length();
    }
}
