package dev.ratchet.task.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.run.Estimate;
import dev.ratchet.task.context.ContextBuilder;
import dev.ratchet.task.context.ContextPart;
import dev.ratchet.task.context.ContextPolicy;
import dev.ratchet.task.context.ContextRequest;
import dev.ratchet.task.context.PromptContext;
import dev.ratchet.task.model.ChatRequest;
import dev.ratchet.task.model.Model;
import dev.ratchet.task.model.ModelOffer;
import dev.ratchet.task.model.ModelRegistry;
import dev.ratchet.task.spi.TaskContext;
import dev.ratchet.task.spi.TaskFailure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds a prompt and estimates it, before any money is reserved. Thread-safe. */
final class PromptPreparation {
    private final ModelRegistry models;
    private final ContextBuilder contexts;

    PromptPreparation(ModelRegistry models) {
        this.models = models;
        this.contexts = new ContextBuilder(models.tokens());
    }

    PreparedPrompt prepare(TaskContext task) throws TaskFailure {
        PromptFields fields = PromptFields.read(task);
        ModelOffer offer = models.require(fields.model());
        if (offer.simulated()) {
            ModelRegistry.checkSimulation(task);
        }
        JsonNode schema = task.outputSchema().isMissingNode() ? null : task.outputSchema();
        PromptContext context = contexts.build(new ContextRequest(
                offer.model(),
                ContextPolicy.read(task.run().contextPolicy()),
                system(fields.system(), schema),
                task.memory(),
                task.dependencies(),
                fields.prompt()));
        return new PreparedPrompt(
                offer,
                models.catalogue().version(),
                request(offer.model(), fields, context, schema),
                estimate(offer.model(), fields, context),
                PreparedPrompt.parts(context));
    }

    /** The schema is part of what is sent, so it is part of what is counted. */
    private static String system(String written, @Nullable JsonNode schema) {
        if (schema == null) {
            return written;
        }
        String rule = "Answer with JSON alone, a value that satisfies this JSON schema:\n" + Json.write(schema);
        return written.isEmpty() ? rule : written + "\n\n" + rule;
    }

    private static ChatRequest request(
            Model model, PromptFields fields, PromptContext context, @Nullable JsonNode schema) {
        String lead = context.leadText();
        List<String> messages = new ArrayList<>();
        if (!lead.isEmpty()) {
            messages.add(lead);
        }
        messages.add(fields.prompt());
        return new ChatRequest(system(context), messages, cap(model, fields), fields.temperature(), schema);
    }

    private static @Nullable String system(PromptContext context) {
        ContextPart first = context.parts().getFirst();
        return first.source() == ContextPart.Source.SYSTEM ? first.text() : null;
    }

    private static long cap(Model model, PromptFields fields) {
        Long written = fields.maxOutputTokens();
        long limit = model.limits().maxOutput();
        return written == null ? limit : Math.min(written, limit);
    }

    private static Estimate estimate(Model model, PromptFields fields, PromptContext context) {
        Long written = fields.maxOutputTokens();
        long output = written == null ? model.limits().expectedOutput() : written;
        return new Estimate(context.tokens(), output, model.pricing().cost(context.tokens(), output));
    }
}
