package dev.ratchet.task.prompt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Json;
import dev.ratchet.run.Usage;
import dev.ratchet.task.model.ChatReply;
import dev.ratchet.task.spi.TaskFailure;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns what a model answered into a task's output. Whether it satisfies its schema is the dispatcher's to check. */
final class PromptAnswer {
    private static final ObjectReader STRICT =
            Json.mapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Pattern FENCED = Pattern.compile("```\\w*\\s*\\n(.*)```", Pattern.DOTALL);

    private PromptAnswer() {}

    /** @param schema absent when text is wanted */
    static JsonNode output(ChatReply reply, Usage usage, @Nullable JsonNode schema) throws TaskFailure {
        if (usage.tokens() == 0) {
            throw TaskFailure.retryable(
                            ErrorCode.INVALID_RESULT,
                            "Expected the model to report what it used, but it reported no tokens")
                    .costingUnknown();
        }
        JsonNode answer = reply.answer();
        if (answer.isTextual() && answer.textValue().isEmpty()) {
            throw TaskFailure.retryable(ErrorCode.INVALID_RESULT, "Expected an answer of the model, but it was empty")
                    .costing(usage);
        }
        boolean done = schema == null
                || !answer.isTextual()
                || schema.path("type").asText().equals("string");
        return done ? answer : parsed(answer.textValue(), reply, usage);
    }

    private static JsonNode parsed(String text, ChatReply reply, Usage usage) throws TaskFailure {
        Matcher fenced = FENCED.matcher(text.strip());
        try {
            JsonNode value = STRICT.readTree(fenced.matches() ? fenced.group(1) : text);
            if (!value.isMissingNode()) {
                return value;
            }
        } catch (JsonProcessingException e) {
            throw invalid(reply).costing(usage);
        }
        throw invalid(reply).costing(usage);
    }

    private static TaskFailure invalid(ChatReply reply) {
        return TaskFailure.permanent(
                ErrorCode.OUTPUT_INVALID,
                "Expected the model to answer with JSON, as output_schema asks, but "
                        + (reply.finish() == ChatReply.Finish.LENGTH
                                ? "its answer was cut at the most output tokens it may give"
                                : "its answer is none"));
    }
}
