package dev.ratchet.task.context;

import java.util.List;
import java.util.stream.Stream;

/** All that a model is sent, in order: instructions, memory, outputs in dependency order, the prompt. Immutable. */
public record PromptContext(List<ContextPart> parts) {
    public PromptContext {
        parts = List.copyOf(parts);
    }

    /** Estimated tokens of what is sent. */
    public long tokens() {
        return parts.stream().mapToLong(ContextPart::tokens).sum();
    }

    /** What leads up to the prompt, without what was left out. */
    public Stream<ContextPart> lead() {
        return parts.stream()
                .filter(part ->
                        part.source() == ContextPart.Source.MEMORY || part.source() == ContextPart.Source.OUTPUT)
                .filter(part -> !part.isDropped());
    }
}
