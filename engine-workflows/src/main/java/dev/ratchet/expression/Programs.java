package dev.ratchet.expression;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.cel.bundle.Cel;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Compiled expressions by their text, the most recently used ones kept. Thread-safe. */
final class Programs {
    /** In characters of source; a compiled expression takes some hundred times as many bytes. */
    private static final long KEPT = 512 * 1024;

    private static final int BASE_WEIGHT = 64;
    private static final Cache<String, Compiled> CACHE = CacheBuilder.newBuilder()
            .maximumWeight(KEPT)
            .weigher((String text, Compiled compiled) -> text.length() + BASE_WEIGHT)
            .build();

    private Programs() {}

    /** An expression that can be evaluated any number of times, by any number of threads. */
    sealed interface Compiled {
        /** What it reads. */
        Reads reads();

        /**
         * A CEL program.
         *
         * @param text its source
         * @param reads what it reads
         * @param timeTexts see {@link Syntax.Findings}
         * @param operands see {@link Syntax.Findings}
         * @param program the program
         */
        record Program(String text, Reads reads, Set<Long> timeTexts, Set<Long> operands, CelRuntime.Program program)
                implements Compiled {}

        /** A name with fields after it, the most frequent expression by far: looked up without CEL. */
        record Plain(PlainPath path, Reads reads) implements Compiled {}
    }

    static Compiled compiled(String text) {
        Compiled known = CACHE.getIfPresent(text);
        if (known == null) {
            known = compile(text);
            CACHE.put(text, known);
        }
        return known;
    }

    private static Compiled compile(String text) {
        if (text.length() > Limits.SOURCE || text.getBytes(StandardCharsets.UTF_8).length > Limits.SOURCE) {
            throw ExpressionException.invalid(
                    "Expected an expression of at most " + Limits.SOURCE + " bytes, but it is longer");
        }
        if (text.isBlank()) {
            throw ExpressionException.invalid("Expected an expression, but it is empty");
        }
        PlainPath path = PlainPathParser.parse(text);
        if (path != null) {
            return new Compiled.Plain(path, path.reads());
        }
        try {
            Cel cel = Environment.cel();
            CelAbstractSyntaxTree tree = cel.parse(text).getAst();
            Syntax.Findings findings = Syntax.walk(tree);
            CelAbstractSyntaxTree checked = TypeCheck.check(tree, findings.functions());
            return new Compiled.Program(
                    text, findings.reads(), findings.timeTexts(), findings.operands(), cel.createProgram(checked));
        } catch (CelValidationException e) {
            throw e.getErrors().isEmpty()
                    ? ExpressionException.invalid("Expected a valid expression, but it cannot be read")
                    : ExpressionException.invalid(
                            CelMessages.ofIssue(e.getErrors().get(0)));
        } catch (CelEvaluationException e) {
            throw ExpressionException.invalid("Expected a valid expression, but no program can be made of it");
        } catch (StackOverflowError e) {
            throw ExpressionException.invalid(
                    "Expected an expression at most " + Limits.DEPTH + " levels deep, but it is deeper");
        }
    }
}
