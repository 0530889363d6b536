package dev.ratchet.task.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is sent to a model. It is stored between preparation and call, so that what was estimated is what is sent.
 *
 * @param system instructions that stand above the conversation; absent when there are none
 * @param messages what the user says, in order: what leads up to the prompt, then the prompt
 * @param maxOutputTokens the provider may not answer with more
 * @param temperature absent for the model's own
 * @param outputSchema JSON schema of the answer; absent when it is text
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChatRequest(
        @Nullable String system,
        List<String> messages,
        long maxOutputTokens,
        @Nullable BigDecimal temperature,
        @Nullable JsonNode outputSchema) {
    public ChatRequest {
        messages = List.copyOf(messages);
    }
}
