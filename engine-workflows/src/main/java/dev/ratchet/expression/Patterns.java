package dev.ratchet.expression;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.ratchet.document.Text;

/**
 * Patterns of users, run by RE2/J: linear in the text, no backtracking. Counted repetitions are unrolled there, so their size
 * is estimated before anything is compiled; and the text is handed over behind the evaluation's clock.
 */
public final class Patterns {
    private static final int LENGTH = 1_000;
    private static final int PROGRAM = 5_000;
    private static final Cache<String, Pattern> COMPILED =
            CacheBuilder.newBuilder().maximumSize(1_000).build();

    private Patterns() {}

    /** True when the pattern occurs anywhere in the text, as CEL has it. */
    static boolean find(String text, String pattern) {
        return find(text, compile(pattern));
    }

    static boolean find(String text, Pattern pattern) {
        return pattern.matcher(new TimedText(text, Guard.current())).find();
    }

    /** Fails with {@code expression_invalid} for what is no pattern, or one that unrolls to too much. */
    public static Pattern compile(String pattern) {
        Pattern known = COMPILED.getIfPresent(pattern);
        if (known == null) {
            known = compileNew(pattern);
            COMPILED.put(pattern, known);
        }
        return known;
    }

    private static Pattern compileNew(String pattern) {
        if (pattern.length() > LENGTH) {
            throw ExpressionException.invalid(
                    "Expected a pattern of at most " + LENGTH + " characters, but it has " + pattern.length());
        }
        if (PatternSize.estimate(pattern) > PROGRAM) {
            throw tooLarge();
        }
        try {
            Pattern compiled = Pattern.compile(pattern);
            if (compiled.programSize() > PROGRAM) {
                throw tooLarge();
            }
            return compiled;
        } catch (PatternSyntaxException e) {
            throw ExpressionException.invalid("Expected a pattern in RE2 syntax, but it is not one: "
                    + Text.brief(String.valueOf(e.getDescription())));
        }
    }

    private static ExpressionException tooLarge() {
        return ExpressionException.invalid(
                "Expected a pattern of at most " + PROGRAM + " steps, but its repetitions and groups unroll to more");
    }

    /** Looks at the clock now and then while it is read, so that no match outlives its evaluation. */
    private record TimedText(CharSequence text, Guard guard) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            guard.step();
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new TimedText(text.subSequence(start, end), guard);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
