package dev.ratchet.service.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The server version that wrote a database last, kept beside it: an older server would not understand the file. */
final class StoreVersion {
    private final Path file;
    private final Path database;

    StoreVersion(Path folder, Path database) {
        this.file = folder.resolve("temporal.version");
        this.database = database;
    }

    Optional<ServerVersion> read() throws IOException {
        return Files.exists(file) ? ServerVersion.parse(Files.readString(file)) : Optional.empty();
    }

    /** @throws TemporalUnavailableException if the database is newer than the server */
    void check(TemporalCli cli) throws IOException {
        Optional<ServerVersion> written = Files.exists(database) ? read() : Optional.empty();
        if (written.isPresent() && written.get().compareTo(cli.version()) > 0) {
            throw new TemporalUnavailableException(
                    "Expected a Temporal CLI with server %s or newer for the runs in %s, but %s has server %s. Name a newer one in TEMPORAL_CLI, or another folder with --data."
                            .formatted(written.get(), database, cli.binary(), cli.version()));
        }
    }

    void write(ServerVersion version) throws IOException {
        Files.writeString(file, version + "\n");
    }

    /** What to add to a failed start, if another version wrote the file. */
    String hint(TemporalCli cli) throws IOException {
        return read().filter(written -> !written.equals(cli.version()))
                .map(written ->
                        " The runs were written by server %s and this one is %s: a CLI of that version (TEMPORAL_CLI) will open them."
                                .formatted(written, cli.version()))
                .orElse("");
    }
}
