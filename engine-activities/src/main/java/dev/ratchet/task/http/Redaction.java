package dev.ratchet.task.http;

import org.jspecify.annotations.Nullable;

/**
 * Takes credentials out of what comes back. The dispatcher masks secrets as they were given; a user and password packed
 * into one token are known here only.
 *
 * @param secret absent when there is nothing to hide
 */
record Redaction(@Nullable String secret) {
    String of(String text) {
        return secret == null ? text : text.replace(secret, "***");
    }
}
