package dev.ratchet.service.embedded;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to start the embedded Temporal.
 *
 * @param cli the server to run; null asks for the server in memory, which keeps nothing
 * @param port wanted for gRPC; another one is taken if it is in use, 0 takes any
 * @param uiPort the same for Temporal's page; a negative one is no page
 * @param retention how long closed runs are kept
 * @param settings dynamic configuration of the server on top of ours; a value is JSON
 */
public record EmbeddedOptions(
        @Nullable TemporalCli cli, int port, int uiPort, Duration retention, Map<String, String> settings) {
    /** Finished runs are kept that long unless configuration says otherwise. */
    public static final Duration DEFAULT_RETENTION = Duration.ofDays(30);

    public EmbeddedOptions {
        settings = Map.copyOf(settings);
        if (retention.compareTo(Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException(
                    "Expected to keep finished runs for at least a day, but the retention is " + retention);
        }
    }

    /** As {@code up} starts it: Temporal's usual ports where they are free. */
    public static EmbeddedOptions standard(TemporalCli cli) {
        return new EmbeddedOptions(cli, 7233, 8233, DEFAULT_RETENTION, Map.of());
    }

    /** As tests start it: any port, no page. */
    public static EmbeddedOptions anyPort(TemporalCli cli) {
        return new EmbeddedOptions(cli, 0, -1, DEFAULT_RETENTION, Map.of());
    }

    /** The last resort: a server inside this JVM. What it accepts is gone with the JVM. */
    public static EmbeddedOptions inMemory() {
        return new EmbeddedOptions(null, 7233, -1, DEFAULT_RETENTION, Map.of());
    }

    public EmbeddedOptions withPort(int wanted) {
        return new EmbeddedOptions(cli, wanted, uiPort, retention, settings);
    }

    public EmbeddedOptions withUiPort(int wanted) {
        return new EmbeddedOptions(cli, port, wanted, retention, settings);
    }

    public EmbeddedOptions withRetention(Duration wanted) {
        return new EmbeddedOptions(cli, port, uiPort, wanted, settings);
    }

    public EmbeddedOptions withSettings(Map<String, String> wanted) {
        return new EmbeddedOptions(cli, port, uiPort, retention, wanted);
    }
}
