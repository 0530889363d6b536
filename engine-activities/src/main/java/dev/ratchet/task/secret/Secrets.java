package dev.ratchet.task.secret;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a worker finds secrets. Values are read when they are asked for, so that a rotated secret counts at once.
 * Thread-safe.
 */
public interface Secrets {
    /** What a secret may be called; anything else is never looked up. */
    Pattern NAME = Pattern.compile("[A-Z0-9_]{1,128}");

    /** No secrets at all. */
    Secrets NONE = (organization, name) -> null;

    /**
     * The value, null where there is none of that name for the organization.
     *
     * @param organization of the run that asks
     */
    @Nullable
    String find(String organization, String name);

    /** Asks the other source for what this one does not have. */
    default Secrets or(Secrets other) {
        return (organization, name) -> {
            String own = find(organization, name);
            return own == null ? other.find(organization, name) : own;
        };
    }
}
