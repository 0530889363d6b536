package dev.ratchet.task.context;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Json;
import dev.ratchet.task.model.Model;
import dev.ratchet.task.model.TokenEstimator;
import dev.ratchet.task.spi.TaskFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Builds what a model is sent: reads the parts, makes the outputs fit, counts once. Thread-safe. */
public final class ContextBuilder {
    private final TokenEstimator tokens;

    public ContextBuilder(TokenEstimator tokens) {
        this.tokens = tokens;
    }

    /**
     * Builds the context of one prompt.
     *
     * @throws TaskFailure {@code context_build_failed} when an output cannot be read, {@code token_estimation_failed} when
     *     a part cannot be counted, {@code context_compact_failed} when it does not fit
     */
    public PromptContext build(ContextRequest request) throws TaskFailure {
        List<ContextPart> outputs = outputs(request);
        try {
            return fitted(request, outputs);
        } catch (RuntimeException e) {
            throw TaskFailure.permanent(
                    ErrorCode.TOKEN_ESTIMATION_FAILED,
                    "Expected text whose tokens can be counted for "
                            + request.model().id() + ", but counting failed");
        }
    }

    private PromptContext fitted(ContextRequest request, List<ContextPart> read) throws TaskFailure {
        Model model = request.model();
        List<ContextPart> parts = new ArrayList<>();
        add(parts, model, ContextPart.Source.SYSTEM, request.system());
        for (String memory : request.memory()) {
            add(parts, model, ContextPart.Source.MEMORY, memory);
        }
        long memory = parts.stream()
                .filter(part -> part.source() == ContextPart.Source.MEMORY)
                .mapToLong(ContextPart::tokens)
                .sum();
        List<ContextPart> counted =
                read.stream().map(part -> counted(model, part)).toList();
        parts.addAll(new Compaction(tokens, model, request.policy()).apply(counted, memory));
        add(parts, model, ContextPart.Source.PROMPT, request.prompt());
        long frame = PromptContext.lead(parts)
                .mapToLong(part -> tokens.count(model, PromptContext.frame(part)))
                .sum();
        return checked(model, new PromptContext(parts, frame));
    }

    private static PromptContext checked(Model model, PromptContext context) throws TaskFailure {
        long limit = model.limits().context();
        if (context.tokens() > limit) {
            throw TaskFailure.permanent(
                    ErrorCode.CONTEXT_COMPACT_FAILED,
                    "Expected at most " + limit + " tokens, the context of " + model.id() + ", but there are "
                            + context.tokens() + " after compaction");
        }
        return context;
    }

    private void add(List<ContextPart> parts, Model model, ContextPart.Source source, String text) {
        if (!text.isEmpty()) {
            parts.add(new ContextPart(source, null, text, tokens.count(model, text), 0));
        }
    }

    private ContextPart counted(Model model, ContextPart part) {
        return new ContextPart(part.source(), part.task(), part.text(), tokens.count(model, part.text()), 0);
    }

    private static List<ContextPart> outputs(ContextRequest request) throws TaskFailure {
        List<ContextPart> parts = new ArrayList<>();
        for (Map.Entry<String, Supplier<JsonNode>> output : request.outputs().entrySet()) {
            String text = read(output.getKey(), output.getValue());
            if (!text.isBlank()) {
                parts.add(new ContextPart(ContextPart.Source.OUTPUT, output.getKey(), text, 0, 0));
            }
        }
        return parts;
    }

    private static String read(String task, Supplier<JsonNode> output) throws TaskFailure {
        try {
            return text(output.get());
        } catch (RuntimeException e) {
            throw TaskFailure.permanent(
                    ErrorCode.CONTEXT_BUILD_FAILED, "Expected the output of " + task + ", but it could not be read");
        }
    }

    /** Null, empty lists and empty objects say nothing, as empty text does. */
    private static String text(JsonNode value) {
        if (value.isTextual()) {
            return value.textValue();
        }
        boolean empty = value.isNull() || value.isMissingNode() || (value.isContainerNode() && value.isEmpty());
        return empty ? "" : Json.write(value);
    }
}
