package dev.ratchet.service.embedded;

import dev.ratchet.service.config.Environment;
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
import java.util.function.Consumer;

/** Brings a CLI into our cache: the official download first, else a build from source. One at a time per cache. */
final class TemporalCliInstaller {
    /** File locks do not exclude threads of one JVM. */
    private static final Object IN_THIS_PROCESS = new Object();

    private final Environment environment;
    private final TemporalCliFinder finder;
    private final Consumer<String> progress;
    private final List<String> tried = new ArrayList<>();

    TemporalCliInstaller(Environment environment, TemporalCliFinder finder, Consumer<String> progress) {
        this.environment = environment;
        this.finder = finder;
        this.progress = progress;
    }

    TemporalCli install() {
        Path folder = finder.folder();
        try {
            Files.createDirectories(folder);
            synchronized (IN_THIS_PROCESS) {
                try (FileChannel channel = FileChannel.open(
                                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        var lock = channel.lock()) {
                    return finder.probe(finder.cached(), Source.CACHE).orElseGet(() -> installInto(folder));
                }
            }
        } catch (IOException unusable) {
            throw new TemporalUnavailableException(
                    "Expected to keep the Temporal CLI in %s, but that folder cannot be used: %s"
                            .formatted(folder, unusable.getMessage()),
                    unusable);
        }
    }

    private TemporalCli installInto(Path folder) {
        OfficialDownload download = new OfficialDownload(progress);
        GoBuild build = new GoBuild(environment, progress);
        return attempt(() -> download.into(folder), Source.DOWNLOAD)
                .or(() -> attempt(() -> build.into(folder), Source.GO))
                .orElseThrow(() -> new TemporalUnavailableException(
                        """
                        Expected a Temporal CLI with server %s or newer, but found none in TEMPORAL_CLI, on the PATH or in %s, and could not get one:
                        - %s
                        Install it (https://docs.temporal.io/cli), or set TEMPORAL_CLI to its binary.""".formatted(TemporalCli.OLDEST, folder, String.join("\n- ", tried))));
    }

    private Optional<TemporalCli> attempt(Way way, Source source) {
        try {
            Path fresh = way.fetch();
            Optional<TemporalCli> usable = finder.probe(fresh, source);
            if (usable.isEmpty()) {
                tried.add("%s: expected a CLI that runs here, but what came does not".formatted(source));
                return Optional.empty();
            }
            Files.move(fresh, finder.cached(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return usable.map(cli -> new TemporalCli(finder.cached(), source, cli.version()));
        } catch (IOException failed) {
            tried.add("%s: %s".formatted(source, failed.getMessage()));
            return Optional.empty();
        }
    }

    /** One way to get a CLI: puts it somewhere below the folder and says where. */
    private interface Way {
        Path fetch() throws IOException;
    }
}
