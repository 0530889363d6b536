package dev.ratchet.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request from outside, as it is delivered to a run.
 *
 * @param id the caller's idempotency key, else a hash of the request; an id seen before changes nothing
 * @param by who asked, for the audit
 * @param why what they said about it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Command(
        String id, @Nullable String by, @Nullable String why, Request what) {
    public Command {
        Objects.requireNonNull(id, "Expected a command with an id, but it has none");
        Objects.requireNonNull(what, "Expected a command to ask for something, but it does not");
    }
}
