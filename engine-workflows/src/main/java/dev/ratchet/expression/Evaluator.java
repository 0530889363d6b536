package dev.ratchet.expression;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.runtime.CelEvaluationException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates CEL over JSON on the caller's thread, within the limits of {@link Expressions}. Stateless and thread-safe;
 * programs are compiled on first use and kept for the whole process. For workers, never for workflow code.
 */
public final class Evaluator {
    /**
     * The value of {@code cel}. Parts of the bound values may be in it as they are: treat it as immutable.
     *
     * @throws ExpressionException {@code expression_invalid} when it does not compile, {@code execution_failed} when its
     *     evaluation fails or passes a limit; what a binding's supplier throws is passed on
     */
    public JsonNode evaluate(String cel, Bindings bindings) {
        return switch (Programs.compiled(cel)) {
            case Programs.Compiled.Plain plain -> measured(plain.path().find(bindings));
            case Programs.Compiled.Program program ->
                guarded(
                        new Guard(program.timeTexts(), program.operands()),
                        guard -> new Results(guard).toJson(run(program, bindings, guard)));
        };
    }

    /** The clock starts after the value was fetched. */
    private static JsonNode measured(JsonNode value) {
        return guarded(new Guard(), guard -> new Results(guard).counted(value));
    }

    private static JsonNode guarded(Guard guard, Function<Guard, JsonNode> evaluation) {
        Guard before = guard.enter();
        try {
            return evaluation.apply(guard);
        } catch (Guard.LimitReached | Guard.StepFailed e) {
            throw ExpressionException.failed(String.valueOf(e.getMessage()));
        } catch (StackOverflowError e) {
            throw ExpressionException.failed("Expected values of bounded depth, but they are nested too deeply");
        } finally {
            Guard.leave(before);
        }
    }

    private static @Nullable Object run(Programs.Compiled.Program compiled, Bindings bindings, Guard guard) {
        try {
            return compiled.program().trace(new Scope(bindings, guard), guard);
        } catch (CelEvaluationException e) {
            throw ExpressionException.failed(CelMessages.ofFailure(e, compiled.text()));
        } catch (Scope.FetchFailed e) {
            throw e.failure();
        }
    }
}
