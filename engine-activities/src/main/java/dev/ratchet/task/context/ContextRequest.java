package dev.ratchet.task.context;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.task.model.Model;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a context is built of.
 *
 * @param system instructions, empty when there are none
 * @param memory of the run, then of the task
 * @param outputs of the completed dependencies by task id, in dependency order
 */
public record ContextRequest(
        Model model,
        ContextPolicy policy,
        String system,
        List<String> memory,
        Map<String, Supplier<JsonNode>> outputs,
        String prompt) {}
