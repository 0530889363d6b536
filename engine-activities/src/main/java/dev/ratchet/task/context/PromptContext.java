package dev.ratchet.task.context;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that a model is sent, in order: instructions, memory, outputs in dependency order, the prompt. Immutable.
 *
 * @param frameTokens of what separates and names the parts that lead up to the prompt, estimated
 */
public record PromptContext(List<ContextPart> parts, long frameTokens) {
    private static final String SEPARATOR = "\n\n";
    private static final String CLOSING = "\n</output>";

    public PromptContext {
        parts = List.copyOf(parts);
    }

    /** Estimated tokens of all that is sent. */
    public long tokens() {
        return frameTokens + parts.stream().mapToLong(ContextPart::tokens).sum();
    }

    /** What leads up to the prompt, without what was left out. */
    public Stream<ContextPart> lead() {
        return lead(parts);
    }

    /** What leads up to the prompt as it is sent; empty when nothing does. */
    public String leadText() {
        return lead().map(PromptContext::shown).collect(Collectors.joining(SEPARATOR));
    }

    static Stream<ContextPart> lead(List<ContextPart> parts) {
        return parts.stream()
                .filter(part ->
                        part.source() == ContextPart.Source.MEMORY || part.source() == ContextPart.Source.OUTPUT)
                .filter(part -> !part.isDropped());
    }

    /** What {@link #leadText} puts around a part. */
    static String frame(ContextPart part) {
        return part.task() == null ? SEPARATOR : SEPARATOR + opening(part.task()) + CLOSING;
    }

    private static String opening(String task) {
        return "<output task=\"" + task + "\">\n";
    }

    private static String shown(ContextPart part) {
        return part.task() == null ? part.text() : opening(part.task()) + part.text() + CLOSING;
    }
}
