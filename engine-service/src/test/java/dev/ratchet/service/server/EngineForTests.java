package dev.ratchet.service.server;

import dev.ratchet.service.config.Environment;
import dev.ratchet.service.config.RatchetConfig;
import dev.ratchet.service.embedded.EmbeddedOptions;
import dev.ratchet.service.embedded.TemporalForTests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Engines for tests, on real Temporal servers. */
public final class EngineForTests {
    private static @Nullable Engine shared;

    private EngineForTests() {}

    /** The one engine of this test JVM; runs of other tests are on it too. */
    public static synchronized Engine shared() {
        Engine running = shared;
        if (running == null) {
            Path folder = folder();
            Engine started = Engine.embedded(config(folder, Map.of()), EmbeddedOptions.anyPort(TemporalForTests.cli()));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                started.temporal().orElseThrow().kill();
                delete(folder);
            }));
            shared = started;
            running = started;
        }
        return running;
    }

    /** A configuration with ports of its own. */
    public static RatchetConfig config(Path folder, Map<String, String> more) {
        Map<String, String> variables = new HashMap<>(
                Map.of("RATCHET_PORT", "0", "RATCHET_ADMIN_PORT", "0", "RATCHET_DATA", folder.toString()));
        variables.putAll(more);
        return RatchetConfig.load(null, new Environment(variables, folder));
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("ratchet-engine-");
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
