package dev.ratchet.service.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A server whose engine and keeper were both killed: it still writes to the database that the next server is about
 * to open. Whoever holds the folder's lock may end it, and knows it by its pid and by the database it names.
 */
final class Orphan {
    private static final long GONE_WITHIN_S = 10;
    private final Path file;
    private final Path database;

    Orphan(Path folder, Path database) {
        this.file = folder.resolve("temporal.pid");
        this.database = database;
    }

    void remember(ServerProcess server) throws IOException {
        Files.writeString(file, server.pid().map(String::valueOf).orElse(""));
    }

    void end() throws IOException {
        Optional<ProcessHandle> orphan = find();
        if (orphan.isEmpty()) {
            return;
        }
        orphan.get().destroyForcibly();
        try {
            orphan.get().onExit().get(GONE_WITHIN_S, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(
                    "Expected an earlier Temporal server to end, but the wait was interrupted", interrupted);
        } catch (java.util.concurrent.ExecutionException | TimeoutException alive) {
            throw new IOException(
                    "Expected the Temporal server with pid %d to end, but it still runs on %s"
                            .formatted(orphan.get().pid(), database),
                    alive);
        }
    }

    private Optional<ProcessHandle> find() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String pid = Files.readString(file).strip();
        return pid.matches("\\d{1,18}")
                ? ProcessHandle.of(Long.parseLong(pid)).filter(this::servesOurDatabase)
                : Optional.empty();
    }

    private boolean servesOurDatabase(ProcessHandle process) {
        return process.info()
                .commandLine()
                .filter(line -> line.contains(database.toString()))
                .isPresent();
    }
}
