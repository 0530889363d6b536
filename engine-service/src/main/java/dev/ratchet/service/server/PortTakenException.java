package dev.ratchet.service.server;

import java.net.BindException;

/** Somebody else listens on the port that was asked for. The message is for the user. */
public final class PortTakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private PortTakenException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Itself when a taken port is the cause, else the failure, unchecked. */
    static RuntimeException or(Exception failed, HttpSettings settings) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return new PortTakenException(
                        "Expected port " + settings.port() + " (and " + settings.adminPort()
                                + " for health) to be free, but somebody listens there; --port takes another",
                        failed);
            }
        }
        return failed instanceof RuntimeException known
                ? known
                : new IllegalStateException("Expected the HTTP server to start, but it failed", failed);
    }
}
