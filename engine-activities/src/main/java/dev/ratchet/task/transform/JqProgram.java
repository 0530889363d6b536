package dev.ratchet.task.transform;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.util.List;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Output;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.jspecify.annotations.Nullable;

/** A compiled jq program, every step of which looks at the bounds. Thread-safe; cached by text. */
final class JqProgram {
    private static final int MAX_LENGTH = 4 * 1024;
    private static final Cache<String, JqProgram> COMPILED =
            CacheBuilder.newBuilder().maximumSize(500).build();

    private final JsonQuery query;

    private JqProgram(JsonQuery query) {
        this.query = query;
    }

    /**
     * The program of that text.
     *
     * @throws JqException for what is no program, is too long, or calls functions that are not there
     */
    static JqProgram compiled(String text) throws JqException {
        JqProgram known = COMPILED.getIfPresent(text);
        if (known == null) {
            known = compile(text);
            COMPILED.put(text, known);
        }
        return known;
    }

    private static JqProgram compile(String text) throws JqException {
        if (text.length() > MAX_LENGTH) {
            throw new JqException(
                    "Expected a jq program of at most " + MAX_LENGTH + " characters, but it has " + text.length());
        }
        JsonQuery query;
        try {
            query = JsonQuery.compile(text, JqLibrary.VERSION);
        } catch (JsonQueryException | RuntimeException | Error e) {
            // The parser reports bad tokens, and nesting that exceeds its stack, as errors.
            throw new JqException("Expected a jq program, but it cannot be read" + where(e));
        }
        List<String> unknown = JqTree.guard(query, JqLibrary.scope());
        if (!unknown.isEmpty()) {
            throw new JqException("Expected functions that jq has here, but there is no " + String.join(", ", unknown));
        }
        return new JqProgram(query);
    }

    private static String where(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String text = String.valueOf(cause.getMessage());
            int line = text.indexOf("at line ");
            int end = line < 0 ? -1 : text.indexOf('.', line);
            if (end > 0 && end - line < 40) {
                return " " + text.substring(line, end);
            }
        }
        return "";
    }

    /**
     * The one value the program gives for an input.
     *
     * @throws JqException when it fails, gives no value or several, or exceeds a bound
     * @throws InterruptedException when it was told to stop
     */
    JsonNode run(JsonNode input) throws JqException, InterruptedException {
        JsonNode safe = JqValues.in(input);
        Single output = new Single();
        JqThread.run(evaluation(safe, output));
        if (output.value == null) {
            throw new JqException("Expected the jq program to give one value, but it gave none");
        }
        return JqValues.out(output.value);
    }

    JqThread.Evaluation evaluation(JsonNode input, Output output) {
        Scope scope = Scope.newChildScope(JqLibrary.scope());
        return () -> query.apply(scope, input, output);
    }

    /** Takes one value; a second one ends the program. */
    private static final class Single implements Output {
        private volatile @Nullable JsonNode value;

        @Override
        public void emit(JsonNode next) {
            if (value != null) {
                throw new JqBounds.Exceeded("Expected the jq program to give one value, but it gave several: "
                        + "put [ ] around it to collect them");
            }
            value = next;
        }
    }
}
