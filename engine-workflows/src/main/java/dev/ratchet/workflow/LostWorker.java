package dev.ratchet.workflow;

import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TimeoutFailure;
import org.jspecify.annotations.Nullable;

/** What is known of a dispatch that ended without a result. */
final class LostWorker {
    private LostWorker() {}

    /** Which of its times was over; absent when none was. */
    static @Nullable TimeoutType timeout(@Nullable Throwable failure) {
        TimeoutFailure timeout = find(failure, TimeoutFailure.class);
        return timeout == null ? null : timeout.getTimeoutType();
    }

    /** In words that go on after "because"; nothing of a class, a trace or a secret is in them. */
    static String why(@Nullable Throwable failure) {
        TimeoutType timeout = timeout(failure);
        if (timeout == TimeoutType.TIMEOUT_TYPE_HEARTBEAT) {
            return "its worker said nothing for " + Sending.HEARTBEAT_TIMEOUT.toSeconds() + " seconds";
        }
        if (timeout != null) {
            return "its worker was not done with it in time";
        }
        ApplicationFailure told = find(failure, ApplicationFailure.class);
        String message = told == null || !ActivityErrors.isTold(told) ? null : told.getOriginalMessage();
        return message == null
                ? "its worker could not carry it; the log of the worker tells more"
                : "its worker could not carry it: " + message;
    }

    private static <T> @Nullable T find(@Nullable Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
