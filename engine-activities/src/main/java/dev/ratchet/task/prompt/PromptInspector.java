package dev.ratchet.task.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.plan.TaskType;
import dev.ratchet.task.model.ModelCatalogue;
import dev.ratchet.task.model.ModelRegistry;

/** Checks at submit what a schema cannot: the model, and that no tools are asked for. */
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
        JsonNode written = config.path("model");
        String model = written.isMissingNode() ? ModelCatalogue.DEFAULT_ROLE : written.asText("");
        if (!model.isEmpty() && !model.contains("${") && models.find(model) == null) {
            sink.problem(written.isMissingNode() ? "" : "/model", ErrorCode.MODEL_UNKNOWN, models.refusal(model));
        }
        return false;
    }
}
