package dev.ratchet.expression;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Fields and indexes applied one after the other: {@code base.a['b'][c]}.
 *
 * @param base what they are applied to
 * @param names the leading fields, as far as they are written out
 * @param indexes all index expressions
 * @param length how many there are in all
 */
record Path(CelExpr base, List<String> names, List<CelExpr> indexes, int length) {
    static final String INDEX = "_[_]";

    static Path of(CelExpr expr) {
        List<CelExpr> steps = new ArrayList<>();
        CelExpr base = expr;
        while (isStep(base)) {
            steps.add(base);
            base = isSelect(base) ? base.select().operand() : base.call().args().get(0);
        }
        Collections.reverse(steps);
        List<CelExpr> indexes = steps.stream()
                .filter(step -> !isSelect(step))
                .map(step -> step.call().args().get(1))
                .toList();
        return new Path(base, names(steps), indexes, steps.size());
    }

    private static List<String> names(List<CelExpr> steps) {
        List<String> names = new ArrayList<>();
        for (CelExpr step : steps) {
            if (isSelect(step)) {
                names.add(step.select().field());
            } else {
                CelConstant index = step.call().args().get(1).constantOrDefault();
                if (index.getKind() != CelConstant.Kind.STRING_VALUE) {
                    break;
                }
                names.add(index.stringValue());
            }
        }
        return names;
    }

    private static boolean isStep(CelExpr expr) {
        return isSelect(expr) || expr.callOrDefault().function().equals(INDEX);
    }

    private static boolean isSelect(CelExpr expr) {
        return expr.getKind() == CelExpr.ExprKind.Kind.SELECT;
    }
}
