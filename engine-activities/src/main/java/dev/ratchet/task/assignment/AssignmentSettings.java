package dev.ratchet.task.assignment;

import dev.ratchet.task.http.HttpSettings;
import dev.ratchet.task.secret.Secrets;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What configuration says about telling agents and people.
 *
 * @param http what may be called
 * @param keys where the key is found that posts are signed with, {@link #NOTIFY_KEY}
 * @param links signs links by which people decide; absent for none
 * @param publicUrl where others reach the API; absent when nobody has said
 */
public record AssignmentSettings(
        HttpSettings http,
        Secrets keys,
        @Nullable LinkKey links,
        @Nullable String publicUrl,
        InstantSource clock) {
    /** Name of the secret that posts are signed with. */
    public static final String NOTIFY_KEY = "RATCHET_NOTIFY_KEY";

    /** Posts are neither signed nor do they hold links. */
    public static AssignmentSettings plain(HttpSettings http) {
        return new AssignmentSettings(http, Secrets.NONE, null, null, InstantSource.system());
    }
}
