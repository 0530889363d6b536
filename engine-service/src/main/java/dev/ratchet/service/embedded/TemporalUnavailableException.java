package dev.ratchet.service.embedded;

/** No Temporal server can be had or started here. The message is for the user and says what to do. */
public final class TemporalUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TemporalUnavailableException(String message) {
        super(message);
    }

    public TemporalUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
