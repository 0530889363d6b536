package dev.ratchet.task.prompt;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ratchet.run.Estimate;
import dev.ratchet.task.context.ContextPart;
import dev.ratchet.task.context.PromptContext;
import dev.ratchet.task.model.ChatRequest;
import dev.ratchet.task.model.ModelOffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A prompt as it was estimated and will be sent; kept, so that it can be shown.
 *
 * @param offer the model with the prices under which money is reserved and settled
 * @param catalogue version of the catalogue those come from
 * @param parts where the request's text comes from, in order, and what was cut
 */
record PreparedPrompt(ModelOffer offer, String catalogue, ChatRequest request, Estimate estimate, List<Part> parts) {

    /**
     * A part of the request, without its text.
     *
     * @param task whose output it is; absent unless it is one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Part(ContextPart.Source source, @Nullable String task, long tokens, long cutTokens) {}

    static List<Part> parts(PromptContext context) {
        return context.parts().stream()
                .map(part -> new Part(part.source(), part.task(), part.tokens(), part.cutTokens()))
                .toList();
    }
}
