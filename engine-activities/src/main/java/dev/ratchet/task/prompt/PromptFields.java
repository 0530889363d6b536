package dev.ratchet.task.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Json;
import dev.ratchet.task.model.ModelCatalogue;
import dev.ratchet.task.spi.TaskContext;
import dev.ratchet.task.spi.TaskFailure;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A prompt task's own fields, templates resolved. Literal values were checked at submit; a template may still have
 * resolved to anything.
 *
 * @param model id or role; the default role when the task names none
 * @param system empty when there is none
 */
record PromptFields(
        String prompt,
        String model,
        String system,
        @Nullable Long maxOutputTokens,
        @Nullable BigDecimal temperature) {

    static PromptFields read(TaskContext context) throws TaskFailure {
        JsonNode config = context.config();
        return new PromptFields(
                notEmpty("prompt", text(config.path("prompt"))),
                config.has("model") ? notEmpty("model", text(config.path("model"))) : ModelCatalogue.DEFAULT_ROLE,
                text(config.path("system")),
                maxOutputTokens(config.path("max_output_tokens")),
                temperature(config.path("temperature")));
    }

    private static String text(JsonNode node) {
        return node.isTextual() ? node.textValue() : node.isNull() || node.isMissingNode() ? "" : Json.write(node);
    }

    private static String notEmpty(String name, String text) throws TaskFailure {
        if (text.isEmpty()) {
            throw invalid(name, "a text that is not empty", "it was empty");
        }
        return text;
    }

    private static @Nullable Long maxOutputTokens(JsonNode node) throws TaskFailure {
        if (node.isMissingNode()) {
            return null;
        }
        if (!node.isIntegralNumber()
                || !node.canConvertToLong()
                || node.longValue() < 1
                || node.longValue() > PromptSchema.MAX_OUTPUT_TOKENS) {
            throw invalid(
                    "max_output_tokens",
                    "a whole number from 1 to " + PromptSchema.MAX_OUTPUT_TOKENS,
                    "it resolved to something else");
        }
        return node.longValue();
    }

    private static @Nullable BigDecimal temperature(JsonNode node) throws TaskFailure {
        if (node.isMissingNode()) {
            return null;
        }
        BigDecimal value = node.isNumber() ? node.decimalValue() : BigDecimal.TEN;
        if (value.signum() < 0 || value.compareTo(PromptSchema.MAX_TEMPERATURE) > 0) {
            throw invalid(
                    "temperature",
                    "a number from 0 to " + PromptSchema.MAX_TEMPERATURE,
                    "it resolved to something else");
        }
        return value;
    }

    private static TaskFailure invalid(String name, String expected, String actual) {
        return TaskFailure.permanent(
                ErrorCode.INVALID_INPUT, "Expected " + name + " to be " + expected + ", but " + actual);
    }
}
