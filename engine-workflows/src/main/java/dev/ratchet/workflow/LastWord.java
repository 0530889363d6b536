package dev.ratchet.workflow;

import io.temporal.common.converter.DataConverterException;
import io.temporal.failure.TimeoutFailure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a lost worker said last: the details of its last heartbeat. */
final class LastWord {
    private static final Logger LOG = LoggerFactory.getLogger(LastWord.class);

    private LastWord() {}

    /**
     * Nothing, when it said nothing or when it cannot be read: a worker of another version may have said it. Then its
     * attempts count as unheard of, and are delivered again.
     */
    static DispatchResult of(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TimeoutFailure timeout
                    && timeout.getLastHeartbeatDetails().getSize() > 0) {
                return read(timeout);
            }
        }
        return DispatchResult.NOTHING;
    }

    private static DispatchResult read(TimeoutFailure timeout) {
        try {
            DispatchResult details = timeout.getLastHeartbeatDetails().get(0, DispatchResult.class);
            return details == null ? DispatchResult.NOTHING : details;
        } catch (DataConverterException unreadable) {
            LOG.warn(
                    "Expected heartbeat details that this engine can read, but it cannot: nothing was heard",
                    unreadable);
            return DispatchResult.NOTHING;
        }
    }
}
