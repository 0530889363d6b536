package dev.ratchet.expression;

import dev.cel.common.ast.CelExpr;

/**
 * Spells out of a syntax tree what its types depend on: its nodes with their ids, the names of variables and functions, the
 * kinds of constants. What a constant is and what a field is called make no difference, as every root is dynamic.
 */
final class ShapeText {
    private final StringBuilder text = new StringBuilder();

    private ShapeText() {}

    /** The same text for trees whose nodes have the same types; the tree is of bounded depth and makes no messages. */
    static String of(CelExpr expr) {
        ShapeText shape = new ShapeText();
        shape.write(expr);
        return shape.text.toString();
    }

    private void write(CelExpr expr) {
        text.append(expr.id()).append(' ');
        switch (expr.getKind()) {
            case CONSTANT -> word("k").word(expr.constant().getKind().name());
            case IDENT -> word("i").word(expr.ident().name());
            case SELECT -> {
                word(expr.select().testOnly() ? "h" : "s");
                write(expr.select().operand());
            }
            case CALL -> call(expr.call());
            case LIST -> {
                word("l")
                        .word(expr.list().optionalIndices().toString())
                        .count(expr.list().elements().size());
                expr.list().elements().forEach(this::write);
            }
            case MAP -> {
                word("m").count(expr.map().entries().size());
                expr.map().entries().forEach(this::entry);
            }
            case COMPREHENSION -> comprehension(expr.comprehension());
            case STRUCT, NOT_SET -> throw new IllegalStateException("Expected a tree without messages, but it has one");
        }
    }

    private void call(CelExpr.CelCall call) {
        word("c")
                .word(call.function())
                .count(call.target().isPresent() ? 1 : 0)
                .count(call.args().size());
        call.target().ifPresent(this::write);
        call.args().forEach(this::write);
    }

    private void entry(CelExpr.CelMap.Entry entry) {
        count(entry.id()).word(entry.optionalEntry() ? "?" : ":");
        write(entry.key());
        write(entry.value());
    }

    private void comprehension(CelExpr.CelComprehension loop) {
        word("f").word(loop.iterVar()).word("," + loop.iterVar2()).word(loop.accuVar());
        write(loop.iterRange());
        write(loop.accuInit());
        write(loop.loopCondition());
        write(loop.loopStep());
        write(loop.result());
    }

    private ShapeText word(String word) {
        text.append(word).append(' ');
        return this;
    }

    private ShapeText count(long number) {
        text.append(number).append(' ');
        return this;
    }
}
