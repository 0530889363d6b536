package dev.ratchet.service.embedded;

import dev.ratchet.service.config.Environment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The Temporal CLI, whose development server is what embedded mode and the tests run on.
 *
 * @param binary the executable
 * @param source where it was found
 * @param version of the server inside
 */
public record TemporalCli(Path binary, Source source, ServerVersion version) {
    /** The CLI that we fetch or build when the host has none; newer tags refuse {@code go install}. */
    static final String RELEASE = "1.5.1";

    /** The oldest server that knows the settings, updates and priorities that Ratchet relies on. */
    static final ServerVersion OLDEST = new ServerVersion(1, 29, 0);

    /** Where a CLI comes from, in the order in which the places are tried. */
    public enum Source {
        /** The environment names it: the user's will, so a wrong one is an error and not a reason to look on. */
        TEMPORAL_CLI,
        /** Installed on the host. */
        PATH,
        /** Fetched or built by an earlier call. */
        CACHE,
        /** The official download. */
        DOWNLOAD,
        /** Built from source where the download is out of reach. */
        GO
    }

    /**
     * Looks on this host only; fetches nothing.
     *
     * @throws TemporalUnavailableException if {@code TEMPORAL_CLI} names something that is no usable CLI
     */
    public static Optional<TemporalCli> find(Environment environment) {
        return new TemporalCliFinder(environment).find();
    }

    /**
     * Finds a CLI, or fetches or builds one into the cache; that takes minutes once. Concurrent callers, also of
     * other processes, wait for one another.
     *
     * @param progress told what is going on, one sentence each time
     * @throws TemporalUnavailableException if there is no way to get one; its message says what was tried
     */
    public static TemporalCli obtain(Environment environment, Consumer<String> progress) {
        TemporalCliFinder finder = new TemporalCliFinder(environment);
        List<CliSupply> supplies = List.of(new OfficialDownload(progress), new GoBuild(environment, progress));
        return finder.find().orElseGet(() -> new TemporalCliInstaller(finder, supplies).install());
    }
}
