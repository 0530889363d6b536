package dev.ratchet.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What a run knows of the run that carries out one of its tasks, as long as it waits for it.
 *
 * @param since when it was sent for, epoch milliseconds
 * @param recalled whether it was told to stop
 * @param why what the task then fails with; absent when it is cancelled
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Errand(long since, boolean recalled, @Nullable TaskError why) {
    /** A child run that was stopped takes up to ten seconds to end; its word takes some time too. */
    private static final long RECALL_MS = 12_000;

    /** A child whose execution was ended in Temporal never says a word: somebody has to look, first after that long. */
    private static final long FIRST_LOOK_MS = 10L * 60 * 1_000;

    private static final long LONGEST_MS = 6L * 60 * 60 * 1_000;

    /** The child is told to stop. */
    Errand recall(@Nullable TaskError reason) {
        return new Errand(since, true, reason);
    }

    /** Whether the child has had all of its time. */
    boolean isOver(long at, long timeoutMs) {
        return at - since >= timeoutMs;
    }

    /** When the run does something about it next, unless the child ends before: the longer it took, the later. */
    long due(long at, long timeoutMs) {
        if (recalled) {
            return at + RECALL_MS;
        }
        long look = at + Math.clamp(at - since, FIRST_LOOK_MS, LONGEST_MS);
        return timeoutMs > look - since ? look : since + timeoutMs;
    }
}
