package dev.ratchet.service.embedded;

import dev.ratchet.service.embedded.TemporalCli.Source;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Brings a CLI into our cache by the first way that is open. One at a time for each cache, on the whole host. */
final class TemporalCliInstaller {
    /** File locks do not exclude threads of one JVM. */
    private static final Object IN_THIS_PROCESS = new Object();

    private final TemporalCliFinder finder;
    private final List<CliSupply> supplies;
    private final List<String> tried = new ArrayList<>();

    TemporalCliInstaller(TemporalCliFinder finder, List<CliSupply> supplies) {
        this.finder = finder;
        this.supplies = List.copyOf(supplies);
    }

    TemporalCli install() {
        Path folder = finder.folder();
        try {
            Files.createDirectories(folder);
            synchronized (IN_THIS_PROCESS) {
                try (FileChannel channel = FileChannel.open(
                                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        var lock = channel.lock()) {
                    return finder.probe(finder.cached(), Source.CACHE)
                            .or(() -> supplies.stream()
                                    .flatMap(supply -> attempt(supply, folder).stream())
                                    .findFirst())
                            .orElseThrow(this::unavailable);
                }
            }
        } catch (IOException unusable) {
            throw new TemporalUnavailableException(
                    "Expected to keep the Temporal CLI in %s, but that folder cannot be used: %s"
                            .formatted(folder, unusable.getMessage()),
                    unusable);
        }
    }

    private Optional<TemporalCli> attempt(CliSupply supply, Path folder) {
        try {
            Path fresh = supply.into(folder);
            Optional<TemporalCli> usable = finder.probe(fresh, supply.source());
            if (usable.isEmpty()) {
                throw new IOException("expected a CLI that runs here, but what came does not");
            }
            Files.move(fresh, finder.cached(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return usable.map(cli -> new TemporalCli(finder.cached(), cli.source(), cli.version()));
        } catch (IOException failed) {
            tried.add("%s: %s".formatted(supply.source(), failed.getMessage()));
            return Optional.empty();
        }
    }

    private TemporalUnavailableException unavailable() {
        return new TemporalUnavailableException(
                """
                Expected a Temporal CLI with server %s or newer, but found none in TEMPORAL_CLI, on the PATH or in %s, and could not get one:
                - %s
                Install it (https://docs.temporal.io/cli), or set TEMPORAL_CLI to its binary.\
                """.formatted(TemporalCli.OLDEST, finder.folder(), String.join("\n- ", tried)));
    }
}
