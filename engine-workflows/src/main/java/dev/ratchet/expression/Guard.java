package dev.ratchet.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.values.CelByteString;
import dev.cel.runtime.CelEvaluationListener;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Watches one evaluation from inside, on its own thread: the clock, what all steps built together, numbers that JSON cannot
 * hold. CEL treats exceptions of a step as values that {@code ||} may swallow, so a limit is thrown as an error.
 */
final class Guard implements CelEvaluationListener {
    /** Functions that hand on a value instead of building one. */
    private static final Set<String> PASSING = Set.of("_?_:_", "_[_]", "dyn", "_&&_", "_||_");

    /** What an element of a list that was built counts for, in characters. */
    private static final long ELEMENT = 16;

    private static final ThreadLocal<Guard> CURRENT = new ThreadLocal<>();
    private static final int STEPS_PER_LOOK = 128;

    /** What a double counts for whose digits are remembered. */
    private static final long DIGITS = 64;

    private final Set<Long> timeTexts;
    private final Set<Long> operands;
    private final IdentityHashMap<Object, JsonNode> decimals = new IdentityHashMap<>();
    private final long start = System.nanoTime();
    private long pause;
    private long built;
    private int steps;

    /** Watches what is no program: steps and time. */
    Guard() {
        this(Set.of(), Set.of());
    }

    /**
     * @param timeTexts ids of the expressions that are read as times
     * @param operands ids of the expressions that something is calculated with
     */
    Guard(Set<Long> timeTexts, Set<Long> operands) {
        this.timeTexts = timeTexts;
        this.operands = operands;
    }

    /** The guard of the evaluation that runs on this thread, else a new one. */
    static Guard current() {
        Guard guard = CURRENT.get();
        return guard == null ? new Guard() : guard;
    }

    /** Makes this the guard of the thread; gives back the one before, to be restored. */
    @Nullable
    Guard enter() {
        Guard before = CURRENT.get();
        CURRENT.set(this);
        return before;
    }

    static void leave(@Nullable Guard before) {
        if (before == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(before);
        }
    }

    /** Time spent in fetching a value is not the expression's. */
    void excuse(long nanos) {
        pause += nanos;
    }

    void step() {
        if (++steps % STEPS_PER_LOOK == 0 && System.nanoTime() - start - pause > Limits.NANOS) {
            throw new LimitReached("Expected an evaluation within " + Limits.NANOS / 1_000_000
                    + " ms, but it was still running after that time");
        }
    }

    void built(long size) {
        built += size;
        if (built > Limits.BUILT) {
            throw new LimitReached(
                    "Expected an evaluation to build at most " + Limits.BUILT + " characters, but it builds more");
        }
    }

    /**
     * The double of a decimal, boxed for this use of it alone: where that very object comes out again, nobody has calculated
     * with it, and the digits are those that came in.
     */
    Double decimal(double value, DecimalNode node) {
        Double boxed = Double.valueOf(value);
        if (!node.asText().equals(boxed.toString())) {
            built(DIGITS);
            decimals.put(boxed, node);
        }
        return boxed;
    }

    /** The decimal that a double was made of; absent when it was calculated, or has the same digits. */
    @Nullable
    JsonNode decimalOf(Double boxed) {
        return decimals.get(boxed);
    }

    @Override
    public void callback(CelExpr expr, Object value) {
        step();
        if (value instanceof WideInteger && operands.contains(expr.id())) {
            throw new StepFailed("Expected a 64-bit integer, but there is a wider one, which only passes through");
        }
        if (value instanceof String text) {
            if (text.length() > Limits.TIME_TEXT && timeTexts.contains(expr.id())) {
                throw new StepFailed("Expected a time or duration of at most " + Limits.TIME_TEXT
                        + " characters, but the text is longer");
            }
            builtBy(expr, text.length());
        } else if (value instanceof Double number) {
            if (!Double.isFinite(number)) {
                throw new StepFailed("Expected a finite number, but the calculation divides by zero or overflows");
            }
        } else if (value instanceof Collection<?> list) {
            builtBy(expr, ELEMENT * list.size());
        } else if (value instanceof CelByteString bytes) {
            builtBy(expr, bytes.size());
        }
    }

    private void builtBy(CelExpr expr, long size) {
        if (expr.getKind() == CelExpr.ExprKind.Kind.CALL
                && !PASSING.contains(expr.call().function())) {
            built(size);
        }
    }

    /** Ends the evaluation, whatever surrounds the step. */
    static final class LimitReached extends Error {
        private static final long serialVersionUID = 1L;

        LimitReached(String message) {
            super(message, null, false, false);
        }
    }

    /** An ordinary failure of one step, with a message for the user. */
    static final class StepFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StepFailed(String message) {
            super(message, null, false, false);
        }
    }
}
