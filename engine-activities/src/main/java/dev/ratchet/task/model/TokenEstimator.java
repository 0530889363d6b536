package dev.ratchet.task.model;

import com.knuddels.jtokkit.api.Encoding;
import dev.ratchet.document.Text;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/**
 * Estimates how many tokens a text has for a model: those of a public vocabulary, times the model's factor, rounded up.
 *
 * <p>Texts are counted in pieces, because long runs without a break would take time that grows faster than their
 * length; beyond {@value #EXACT_CHARS} characters evenly spread pieces stand for the rest. Deterministic and
 * thread-safe.
 */
public final class TokenEstimator {
    static final int EXACT_CHARS = 250_000;
    static final int CHUNK_CHARS = 1_024;

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

    /** The beginning of a text that has at most so many tokens, cut between tokens and never inside a character. */
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
            long tokens = tokens(encoding, text.substring(from, to));
            if (used + tokens > budget) {
                // What a token begins need not be a whole character.
                return Text.beginning(text, from + fitting(encoding, text.substring(from, to), budget - used));
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
                tokens += tokens(encoding, text.substring(from, to));
                counted += to - from;
            }
            from = to;
        }
        return Math.ceilDiv(tokens * text.length(), counted);
    }

    private static long tokens(Encoding encoding, String piece) {
        return encoding.countTokensOrdinary(whole(piece));
    }

    /** The same number of characters, with the sign that stands for it in UTF-8 for each half of a surrogate pair. */
    private static String whole(String piece) {
        return new String(piece.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
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

    /** How many characters the first tokens of a piece make up, such that they have no more tokens on their own. */
    private static int fitting(Encoding encoding, String piece, long budget) {
        int kept = encoding.decode(
                        encoding.encodeOrdinary(whole(piece), (int) budget).getTokens())
                .length();
        while (kept > 0 && tokens(encoding, piece.substring(0, kept)) > budget) {
            kept -= kept > 1 && Character.isSurrogatePair(piece.charAt(kept - 2), piece.charAt(kept - 1)) ? 2 : 1;
        }
        return kept;
    }
}
