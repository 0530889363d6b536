package dev.ratchet.task.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.plan.TaskType;
import dev.ratchet.task.model.ModelCatalogue;
import dev.ratchet.task.model.ModelRegistry;

/** Checks at submit what a schema cannot: that a model answers by default, and that no tools are asked for. */
final class PromptInspector implements TaskType.Inspector {
    private final ModelRegistry models;

    PromptInspector(ModelRegistry models) {
        this.models = models;
    }

    @Override
    public boolean inspect(JsonNode config, TaskType.Sink sink) {
        if (config.has("tools")) {
            sink.problem(
                    "/tools",
                    ErrorCode.INVALID_INPUT,
                    "Expected no tools, which this version cannot give to a model, but the task names some");
        }
        if (!config.has("model") && models.find(ModelCatalogue.DEFAULT_ROLE) == null) {
            sink.problem("", ErrorCode.MODEL_UNKNOWN, models.refusal(ModelCatalogue.DEFAULT_ROLE));
        }
        return false;
    }
}
