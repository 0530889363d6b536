package dev.ratchet.workflow;

import dev.ratchet.run.InlineAnswer;
import java.util.List;

/** The answers of an {@link InlineRequest}, in the order of its jobs. */
public record InlineResult(List<InlineAnswer> answers) {
    public InlineResult {
        answers = List.copyOf(answers);
    }
}
