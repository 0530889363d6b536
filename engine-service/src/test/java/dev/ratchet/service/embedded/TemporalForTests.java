package dev.ratchet.service.embedded;

import dev.ratchet.service.config.Environment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Real Temporal servers for tests: a shared one for each JVM, and the binary for tests that want their own. */
public final class TemporalForTests {
    private static @Nullable EmbeddedTemporal shared;
    private static @Nullable TemporalCli cli;

    private TemporalForTests() {}

    /**
     * The one server of this test JVM, started at first use and ended with the JVM. Runs of other tests are on it
     * too: use ids and task queues of your own.
     */
    public static synchronized EmbeddedTemporal shared() {
        EmbeddedTemporal running = shared;
        if (running == null) {
            Path folder = temporaryFolder();
            EmbeddedTemporal started = EmbeddedTemporal.start(folder, EmbeddedOptions.anyPort(cli()));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                started.kill();
                delete(folder);
            }));
            shared = started;
            running = started;
        }
        return running;
    }

    /**
     * The CLI on this host. Nothing is fetched here: {@code ./ratchet test} does that before the build starts.
     *
     * @throws TemporalUnavailableException if there is none; a test never passes for want of a server
     */
    public static synchronized TemporalCli cli() {
        TemporalCli known = cli;
        if (known == null) {
            known = TemporalCli.find(Environment.system())
                    .orElseThrow(
                            () -> new TemporalUnavailableException(
                                    "Expected a Temporal CLI for tests on a real server, but none is here: run './ratchet test', or set TEMPORAL_CLI"));
            cli = known;
        }
        return known;
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("ratchet-temporal-");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException left) {
            // the temporary folder is the host's to clean
        }
    }
}
