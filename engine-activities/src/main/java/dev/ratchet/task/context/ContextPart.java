package dev.ratchet.task.context;

import org.jspecify.annotations.Nullable;

/**
 * A part of what a model is sent.
 *
 * @param task whose output it is; absent unless it is one
 * @param text as it is sent; empty when all of it was left out
 * @param tokens of the text, estimated
 * @param cutTokens what was left out, estimated
 */
public record ContextPart(Source source, @Nullable String task, String text, long tokens, long cutTokens) {
    /** Where a part comes from. */
    public enum Source {
        /** Instructions of the task's author; never cut. */
        SYSTEM,
        /** Of the run, then of the task; never cut. */
        MEMORY,
        /** Of a completed dependency. */
        OUTPUT,
        /** The prompt itself; never cut. */
        PROMPT
    }

    /** Whether nothing of it is sent. */
    public boolean isDropped() {
        return text.isEmpty();
    }
}
