package dev.ratchet.task.model;

import com.knuddels.jtokkit.api.Encoding;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Estimates how many tokens a text has for a model: those of a public vocabulary, times the model's factor, rounded up.
 *
 * <p>Texts are counted in pieces, because long runs without a break would take time that grows faster than their
 * length; beyond {@value #EXACT_CHARS} characters evenly spread pieces stand for the rest. Deterministic and
 * thread-safe.
 */
public final class TokenEstimator {
    static final int EXACT_CHARS = 1_000_000;
    static final int CHUNK_CHARS = 4_096;

    /** Loads the vocabularies, which takes about a second; without it the first estimate does. */
    public void warmUp() {
        for (Tokenizer tokenizer : Tokenizer.values()) {
            tokenizer.encoding();
        }
    }

    /** At least 1 for a text that is not empty. */
    public long count(Model model, String text) {
        if (text.isEmpty()) {
            return 0;
        }
        return Math.max(1, scaled(rawCount(model.counting().tokenizer().encoding(), text), model));
    }

    /** The longest beginning of a text, found in steps of whole characters, that has at most so many tokens. */
    public String cut(Model model, String text, long maxTokens) {
        long budget = BigDecimal.valueOf(maxTokens)
                .divide(model.counting().factor(), 0, RoundingMode.FLOOR)
                .longValue();
        if (budget <= 0) {
            return "";
        }
        Encoding encoding = model.counting().tokenizer().encoding();
        long used = 0;
        for (int from = 0; from < text.length(); ) {
            int to = chunkEnd(text, from);
            long tokens = encoding.countTokensOrdinary(text.substring(from, to));
            if (used + tokens > budget) {
                return text.substring(0, from + fitting(encoding, text.substring(from, to), budget - used));
            }
            used += tokens;
            from = to;
        }
        return text;
    }

    private static long scaled(long raw, Model model) {
        return BigDecimal.valueOf(raw)
                .multiply(model.counting().factor())
                .setScale(0, RoundingMode.CEILING)
                .longValueExact();
    }

    private static long rawCount(Encoding encoding, String text) {
        int stride = Math.ceilDiv(text.length(), EXACT_CHARS);
        long tokens = 0;
        long counted = 0;
        int number = 0;
        for (int from = 0; from < text.length(); number++) {
            int to = chunkEnd(text, from);
            if (number % stride == 0) {
                tokens += encoding.countTokensOrdinary(text.substring(from, to));
                counted += to - from;
            }
            from = to;
        }
        return Math.ceilDiv(tokens * text.length(), counted);
    }

    /** Where the piece that starts here ends: after the last blank in reach, never inside a surrogate pair. */
    private static int chunkEnd(String text, int from) {
        int limit = from + CHUNK_CHARS;
        if (limit >= text.length()) {
            return text.length();
        }
        for (int end = limit; end > from + CHUNK_CHARS / 2; end--) {
            if (Character.isWhitespace(text.charAt(end)) && !Character.isWhitespace(text.charAt(end - 1))) {
                return end;
            }
        }
        return Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
    }

    private static int fitting(Encoding encoding, String chunk, long budget) {
        int low = 0;
        int high = chunk.length() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (encoding.countTokensOrdinary(chunk.substring(0, middle)) <= budget) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low > 0 && Character.isHighSurrogate(chunk.charAt(low - 1)) ? low - 1 : low;
    }
}
