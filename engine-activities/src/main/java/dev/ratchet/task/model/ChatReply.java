package dev.ratchet.task.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * What a model answered.
 *
 * @param answer text, or the value itself where the provider answers with one
 * @param inputTokens as the provider counted
 * @param outputTokens as the provider counted
 */
public record ChatReply(JsonNode answer, long inputTokens, long outputTokens, Finish finish) {
    /** Why the model stopped. */
    public enum Finish {
        /** It was done. */
        STOP,
        /** It reached its cap: the answer is cut. */
        LENGTH
    }

    static ChatReply text(String text, long inputTokens, long outputTokens, Finish finish) {
        return new ChatReply(TextNode.valueOf(text), inputTokens, outputTokens, finish);
    }
}
