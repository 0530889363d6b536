package dev.ratchet.task.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.plan.TaskType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** What the engine must know of prompts to validate and plan them. */
final class PromptSchema {
    static final long MAX_OUTPUT_TOKENS = 1_000_000_000L;
    static final BigDecimal MAX_TEMPERATURE = BigDecimal.TWO;

    /** {@code tools} is listed so that the inspector can say more than that the field is unknown. */
    static final TaskType TYPE = TaskType.of(
            "prompt",
            ExecutionMode.PREPARED,
            "Calls a model with a prompt, preceded by memory and the outputs of the tasks it depends on.",
            config());

    private PromptSchema() {}

    private static JsonNode config() {
        Map<String, Object> text = Map.of("type", "string", "minLength", 1);
        return Json.tree(Map.of(
                "type",
                "object",
                "properties",
                Map.of(
                        "prompt", text,
                        "model", text,
                        "system", Map.of("type", "string"),
                        "max_output_tokens", Map.of("type", "integer", "minimum", 1, "maximum", MAX_OUTPUT_TOKENS),
                        "temperature", Map.of("type", "number", "minimum", 0, "maximum", MAX_TEMPERATURE),
                        "tools", Map.of()),
                "required",
                List.of("prompt"),
                "additionalProperties",
                false));
    }
}
