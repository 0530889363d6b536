package dev.ratchet.task.http;

import dev.ratchet.task.egress.EgressPolicy;
import java.time.Duration;
import java.util.Map;

/**
 * What configuration says about HTTP tasks.
 *
 * @param egress what may be called
 * @param maxBodyBytes the most a response may have, packed or unpacked; larger ones are {@code output_too_large}
 * @param maxParsedBytes up to here JSON is parsed and text is text; beyond, both are stored like any other body
 * @param maxRatio how many times its packed size a body may unpack to, once it is larger than a megabyte
 * @param connectTimeout of one address
 * @param stall the longest pause inside a body; after twice that time a body must also have come at {@code minBytesPerSecond}
 * @param minBytesPerSecond the least average rate
 */
public record HttpSettings(
        EgressPolicy egress,
        long maxBodyBytes,
        int maxParsedBytes,
        int maxRatio,
        Duration connectTimeout,
        Duration stall,
        int minBytesPerSecond) {

    /** The usual bounds with an egress policy. */
    public static HttpSettings of(EgressPolicy egress) {
        return new HttpSettings(egress, 64L << 20, 16 << 20, 100, Duration.ofSeconds(10), Duration.ofSeconds(30), 100);
    }

    /** The usual bounds with {@code RATCHET_EGRESS_ALLOW} and {@code RATCHET_EGRESS_DENY} of an environment. */
    public static HttpSettings fromEnvironment(Map<String, String> environment) {
        return of(EgressPolicy.of(
                environment.getOrDefault("RATCHET_EGRESS_ALLOW", ""),
                environment.getOrDefault("RATCHET_EGRESS_DENY", "")));
    }
}
