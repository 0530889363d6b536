package dev.ratchet.task.spi;

import dev.ratchet.document.ErrorCode;
import dev.ratchet.run.TaskError;
import dev.ratchet.run.Usage;
import org.jspecify.annotations.Nullable;

/** An attempt that failed: data for the run, never a stack trace for its reader. */
public final class TaskFailure extends Exception {
    private final transient TaskError error;
    private final boolean retryable;
    private final @Nullable Long retryAfterMs;
    private final transient @Nullable Usage usage;
    private final boolean costUnknown;

    private TaskFailure(
            TaskError error,
            boolean retryable,
            @Nullable Long retryAfterMs,
            @Nullable Usage usage,
            boolean costUnknown) {
        super(error.message());
        this.error = error;
        this.retryable = retryable;
        this.retryAfterMs = retryAfterMs;
        this.usage = usage;
        this.costUnknown = costUnknown;
    }

    /** Failed for good: another attempt would end the same. */
    public static TaskFailure permanent(ErrorCode code, String message) {
        return new TaskFailure(TaskError.of(code, message), false, null, null, false);
    }

    /** Failed in a way that another attempt may not. */
    public static TaskFailure retryable(ErrorCode code, String message) {
        return new TaskFailure(TaskError.of(code, message), true, null, null, false);
    }

    public static TaskFailure of(TaskError error, boolean retryable) {
        return new TaskFailure(error, retryable, null, null, false);
    }

    /** The same failure with the least delay that the other side asked for, in milliseconds. */
    public TaskFailure after(long retryAfterMillis) {
        return new TaskFailure(error, retryable, retryAfterMillis, usage, costUnknown);
    }

    /** The same failure with what it cost all the same. */
    public TaskFailure costing(Usage spent) {
        return new TaskFailure(error, retryable, retryAfterMs, spent, false);
    }

    /**
     * The same failure where nobody knows what it cost, such as a connection that broke once the request was sent. Unknown is
     * not nothing: the run presumes that all it had set aside is spent.
     */
    public TaskFailure costingUnknown() {
        return new TaskFailure(error, retryable, retryAfterMs, null, true);
    }

    public TaskError error() {
        return error;
    }

    public boolean isRetryable() {
        return retryable;
    }

    public @Nullable Long retryAfterMs() {
        return retryAfterMs;
    }

    /** What it cost all the same; absent when nothing, or when nobody knows. */
    public @Nullable Usage usage() {
        return usage;
    }

    public boolean isCostUnknown() {
        return costUnknown;
    }
}
