package dev.ratchet.workflow;

import dev.ratchet.document.ErrorCode;
import dev.ratchet.run.TaskError;
import io.temporal.failure.ApplicationFailure;
import org.jspecify.annotations.Nullable;

/** What the failure of an activity means to a task: workers name the error code in the failure's type. */
final class ActivityErrors {
    private ActivityErrors() {}

    /** @param otherwise what is said when the failure says nothing, such as after a timeout */
    static TaskError of(Throwable failure, String otherwise) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ApplicationFailure told) {
                String message = told.getOriginalMessage();
                return TaskError.of(code(told.getType()), message == null ? otherwise : message);
            }
        }
        return TaskError.of(ErrorCode.EXECUTION_FAILED, otherwise);
    }

    /** Whether the failure names an error code: then its message is made for readers. */
    static boolean isTold(ApplicationFailure failure) {
        for (ErrorCode code : ErrorCode.values()) {
            if (code.wire().equals(failure.getType())) {
                return true;
            }
        }
        return false;
    }

    private static ErrorCode code(@Nullable String type) {
        for (ErrorCode code : ErrorCode.values()) {
            if (code.wire().equals(type)) {
                return code;
            }
        }
        return ErrorCode.EXECUTION_FAILED;
    }
}
