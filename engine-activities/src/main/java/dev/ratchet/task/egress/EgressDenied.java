package dev.ratchet.task.egress;

import java.io.IOException;

/**
 * A call that may not be made. The reason names the host at most: neither the rest of the URL nor an internal address. An
 * {@link IOException}, because HTTP clients let nothing else through.
 */
public final class EgressDenied extends IOException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    public EgressDenied(String reason) {
        super(reason);
        this.reason = reason;
    }

    /** "Expected X, but Y". */
    public String reason() {
        return reason;
    }
}
