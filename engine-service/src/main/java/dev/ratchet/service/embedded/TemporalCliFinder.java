package dev.ratchet.service.embedded;

import dev.ratchet.service.config.Environment;
import dev.ratchet.service.embedded.TemporalCli.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Looks for a usable CLI on this host: named by the environment, on the path, in our cache. */
final class TemporalCliFinder {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private final Environment environment;

    TemporalCliFinder(Environment environment) {
        this.environment = environment;
    }

    Optional<TemporalCli> find() {
        Optional<String> named = environment.get("TEMPORAL_CLI");
        if (named.isPresent()) {
            return Optional.of(named(Path.of(named.get())));
        }
        return environment
                .onPath("temporal")
                .flatMap(binary -> probe(binary, Source.PATH))
                .or(() -> probe(cached(), Source.CACHE));
    }

    /** Our cache for the release that we install. */
    Path folder() {
        return environment.cacheFolder().resolve("temporal").resolve(TemporalCli.RELEASE);
    }

    /** Where an installed CLI is kept. */
    Path cached() {
        return folder().resolve("temporal");
    }

    /** The CLI at that place, if it is one, runs here, and is new enough. */
    Optional<TemporalCli> probe(Path binary, Source source) {
        return version(binary)
                .filter(version -> version.compareTo(TemporalCli.OLDEST) >= 0)
                .map(version -> new TemporalCli(binary.toAbsolutePath(), source, version));
    }

    private TemporalCli named(Path binary) {
        return probe(binary, Source.TEMPORAL_CLI)
                .orElseThrow(() -> new TemporalUnavailableException(
                        "Expected TEMPORAL_CLI to name a Temporal CLI with server %s or newer, but %s %s."
                                .formatted(
                                        TemporalCli.OLDEST,
                                        binary,
                                        version(binary)
                                                .map(version -> "has server " + version)
                                                .orElse("is no Temporal CLI that runs here"))));
    }

    private static Optional<ServerVersion> version(Path binary) {
        if (!Files.isRegularFile(binary) || !Files.isExecutable(binary)) {
            return Optional.empty();
        }
        try {
            CommandResult result =
                    CommandResult.of(new ProcessBuilder(List.of(binary.toString(), "--version")), PATIENCE);
            return result.succeeded() ? ServerVersion.ofBanner(result.output()) : Optional.empty();
        } catch (IOException notRunnable) {
            return Optional.empty();
        }
    }
}
