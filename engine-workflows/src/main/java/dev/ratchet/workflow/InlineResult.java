package dev.ratchet.workflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ratchet.run.InlineAnswer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answers of an {@link InlineRequest}, in the order of its jobs. Weighs at most {@link #MOST_BYTES}: whoever does the work
 * stores a result that is larger, all of it as one blob.
 *
 * @param ahead outcomes of the first tasks ahead, as many as were done
 * @param bytes what it weighs, so that the run need not weigh it again
 * @param stored where the whole result is, when it is too large to travel: then the rest is not here
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record InlineResult(
        List<InlineAnswer> answers,
        List<InlineAnswer.Executed> ahead,
        long bytes,
        @Nullable String stored) {
    /** The most that travels. So some sixteen may be under way in one workflow task. */
    public static final int MOST_BYTES = 64 * 1024;

    public InlineResult {
        answers = answers == null ? List.of() : List.copyOf(answers);
        ahead = ahead == null ? List.of() : List.copyOf(ahead);
    }

    /** A result that travels whole. */
    public InlineResult(List<InlineAnswer> answers, List<InlineAnswer.Executed> ahead) {
        this(answers, ahead, 0, null);
    }

    /** The same, weighed. */
    public InlineResult weighing(long weight) {
        return new InlineResult(answers, ahead, weight, stored);
    }

    /** What travels instead of a result once it is stored. */
    public static InlineResult storedAs(String ref) {
        return new InlineResult(List.of(), List.of(), ref.length(), ref);
    }
}
