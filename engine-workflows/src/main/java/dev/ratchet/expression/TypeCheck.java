package dev.ratchet.expression;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.CelType;
import java.util.Map;
import java.util.Set;

/**
 * Type-checks syntax trees, each {@linkplain ShapeText shape} once: documents with thousands of expressions repeat a few
 * shapes, and the library's check takes most of the time that such a document needs. Thread-safe.
 */
final class TypeCheck {
    /** In characters of shapes. */
    private static final long KEPT = 1024 * 1024;

    private static final Cache<String, Types> SHAPES = CacheBuilder.newBuilder()
            .maximumWeight(KEPT)
            .weigher((String shape, Types types) -> shape.length())
            .build();

    private TypeCheck() {}

    /** What the checker finds out, by the ids of the nodes. */
    private record Types(Map<Long, CelReference> references, Map<Long, CelType> types) {}

    /**
     * The tree with its types.
     *
     * @param functions what it calls
     * @throws CelValidationException when operands do not fit
     */
    static CelAbstractSyntaxTree check(CelAbstractSyntaxTree tree, Set<String> functions)
            throws CelValidationException {
        String shape = ShapeText.of(tree.getExpr());
        Types known = SHAPES.getIfPresent(shape);
        if (known != null) {
            return CelAbstractSyntaxTree.newCheckedAst(
                    tree.getExpr(), tree.getSource(), known.references(), known.types());
        }
        CelAbstractSyntaxTree checked =
                Environment.checker(functions).check(tree).getAst();
        if (checked.getExpr().equals(tree.getExpr())) {
            SHAPES.put(shape, new Types(checked.getReferenceMap(), checked.getTypeMap()));
        }
        return checked;
    }
}
