package dev.ratchet.task.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Json;
import dev.ratchet.run.TaskError;
import dev.ratchet.task.egress.EgressDenied;
import dev.ratchet.task.spi.TaskFailure;
import java.io.IOException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.jspecify.annotations.Nullable;

/** What went wrong with a call, as the task's failure. Messages name the host, never more of the URL. */
final class HttpFailures {
    private HttpFailures() {}

    static TaskFailure denied(EgressDenied denied) {
        return TaskFailure.permanent(ErrorCode.EGRESS_DENIED, denied.reason());
    }

    /** A connection that could not be made, or broke. */
    static TaskFailure of(IOException failure, String host, @Nullable Watch watch, long timeoutMs) {
        EgressDenied denied = GuardedDns.denial(failure);
        if (denied != null) {
            return denied(denied);
        }
        Watch.Reason reason = watch == null ? null : watch.reason();
        if (reason != null) {
            return broken(reason, host, timeoutMs);
        }
        String expected = "Expected an answer from '" + host + "', but ";
        if (failure instanceof BodyStream.TooLarge || failure instanceof ResponseHeads.TooMany) {
            return TaskFailure.permanent(ErrorCode.OUTPUT_TOO_LARGE, String.valueOf(failure.getMessage()));
        }
        if (failure instanceof BodyStream.UnknownPacking) {
            return TaskFailure.permanent(ErrorCode.EXECUTION_FAILED, String.valueOf(failure.getMessage()));
        }
        if (failure instanceof UnknownHostException) {
            return TaskFailure.retryable(ErrorCode.EXECUTION_FAILED, expected + "that name has no address");
        }
        if (failure instanceof SSLHandshakeException || failure instanceof SSLPeerUnverifiedException) {
            return TaskFailure.permanent(ErrorCode.EXECUTION_FAILED, expected + "its TLS certificate is not accepted");
        }
        if (failure instanceof MessageConstraintException) {
            return TaskFailure.permanent(
                    ErrorCode.OUTPUT_TOO_LARGE,
                    expected + "it has more than " + HttpTransport.MAX_HEADERS + " headers, or one of more than "
                            + HttpTransport.MAX_HEADER_LINE + " bytes");
        }
        if (failure instanceof ClientProtocolException) {
            return TaskFailure.permanent(ErrorCode.EXECUTION_FAILED, expected + "what came is no HTTP");
        }
        return TaskFailure.retryable(ErrorCode.EXECUTION_FAILED, expected + "the connection broke or was not made");
    }

    private static TaskFailure broken(Watch.Reason reason, String host, long timeoutMs) {
        String expected = "Expected an answer from '" + host + "' ";
        return switch (reason) {
            case DEADLINE ->
                TaskFailure.retryable(ErrorCode.TIMEOUT, expected + "within " + timeoutMs + " ms, but it took longer");
            case STALLED ->
                TaskFailure.retryable(
                        ErrorCode.EXECUTION_FAILED, expected + "without long pauses, but its body stopped coming");
            case TRICKLES ->
                TaskFailure.retryable(
                        ErrorCode.EXECUTION_FAILED, expected + "at a fair rate, but its body only trickles");
        };
    }

    /** A status that is no success. */
    static TaskFailure status(int status, String host, @Nullable String preview, @Nullable Long retryAfterMs) {
        ObjectNode details = Json.mapper().createObjectNode().put("status", status);
        if (preview != null) {
            details.put("body", preview);
        }
        String message = "Expected a successful answer from '" + host + "', but its status is " + status;
        TaskError error = new TaskError(ErrorCode.EXECUTION_FAILED.wire(), message, details);
        boolean retryable = status == 408 || status == 425 || status == 429 || status >= 500;
        TaskFailure failure = TaskFailure.of(error, retryable);
        return retryable && retryAfterMs != null ? failure.after(retryAfterMs) : failure;
    }
}
