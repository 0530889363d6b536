package dev.ratchet.workflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ratchet.run.InlineAnswer;
import java.util.List;

/**
 * The answers of an {@link InlineRequest}, in the order of its jobs.
 *
 * @param ahead outcomes of the first tasks ahead, as many as were done
 */
public record InlineResult(
        List<InlineAnswer> answers,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<InlineAnswer.Executed> ahead) {
    public InlineResult {
        answers = List.copyOf(answers);
        ahead = ahead == null ? List.of() : List.copyOf(ahead);
    }
}
