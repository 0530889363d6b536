package dev.ratchet.task.dispatch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Intake;
import dev.ratchet.expression.ExpressionException;
import dev.ratchet.run.TaskError;
import dev.ratchet.run.TaskKey;
import dev.ratchet.task.blob.BlobException;
import dev.ratchet.task.secret.Masking;
import dev.ratchet.task.spi.TaskFailure;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a failure that its reader can understand of whatever was thrown. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    /** Characters of JSON; an error travels in signals and heartbeats. */
    private static final int MAX_DETAILS = 4_096;

    private Failures() {}

    /** What an executor, an expression or a store threw, as data. What nobody understands is kept for the log alone. */
    static TaskFailure of(Throwable thrown, TaskKey key, Masking masking) {
        return switch (thrown) {
            case TaskFailure failure -> failure;
            case Carried carried -> carried.failure();
            case ExpressionException e -> TaskFailure.permanent(ErrorCode.EXECUTION_FAILED, e.text());
            case BlobException e -> of(e);
            default -> unexpected(thrown, key, masking);
        };
    }

    static TaskFailure of(BlobException e) {
        return switch (e.reason()) {
            case UNAVAILABLE -> TaskFailure.retryable(ErrorCode.EXECUTION_FAILED, e.text());
            case DAMAGED -> TaskFailure.permanent(ErrorCode.STORAGE_DAMAGED, e.text());
            case NOT_FOUND, TOO_LARGE, UNREADABLE, UNWRITABLE ->
                TaskFailure.permanent(ErrorCode.EXECUTION_FAILED, e.text());
        };
    }

    private static TaskFailure unexpected(Throwable thrown, TaskKey key, Masking masking) {
        if (LOG.isErrorEnabled()) {
            LOG.error("The executor of task {} failed unexpectedly: {}", key, masking.mask(trace(thrown)));
        }
        return TaskFailure.permanent(
                        ErrorCode.EXECUTION_FAILED,
                        "Expected the task " + key + " to return or to fail in a known way, but its executor broke; "
                                + "the worker's log tells more")
                .costingUnknown();
    }

    private static String trace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    /** The same error without secrets, and without details that are too large to travel. */
    static TaskError masked(TaskError error, Masking masking) {
        return new TaskError(error.code(), masking.maskShown(error.message()), details(error.details(), masking));
    }

    private static @Nullable JsonNode details(@Nullable JsonNode details, Masking masking) {
        if (details == null) {
            return null;
        }
        return switch (Intake.of(masking.maskShown(details))) {
            case Intake.Taken taken -> taken.json().toString().length() > MAX_DETAILS ? null : taken.json();
            case Intake.Refused refused -> null;
        };
    }

    /** Carries a failure through code that may throw nothing checked, such as a binding. */
    static final class Carried extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient TaskFailure failure;

        Carried(TaskFailure failure) {
            super(failure);
            this.failure = failure;
        }

        TaskFailure failure() {
            return failure;
        }
    }
}
