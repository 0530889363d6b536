package dev.ratchet.service.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Temporal for one machine, on a locked data folder. It ends with this JVM, however the JVM ends; what it accepted is
 * there at the next start on the same folder. Thread-safe.
 */
public final class EmbeddedTemporal implements AutoCloseable {
    private final DataFolder folder;
    private final TemporalServer server;

    private EmbeddedTemporal(DataFolder folder, TemporalServer server) {
        this.folder = folder;
        this.server = server;
    }

    /**
     * Takes the folder and returns when the server is healthy, its search attributes are registered and its
     * retention is set; about half a second.
     *
     * @throws DataFolderHeldException if another engine has the folder
     * @throws TemporalUnavailableException if the server does not start; the message names its log
     */
    public static EmbeddedTemporal start(Path dataFolder, EmbeddedOptions options) {
        DataFolder folder = DataFolder.lock(dataFolder);
        try {
            TemporalServer server = startServer(folder.path(), options);
            folder.announceTemporal(server);
            return new EmbeddedTemporal(folder, server);
        } catch (IOException | RuntimeException failed) {
            folder.close();
            throw failed instanceof RuntimeException known
                    ? known
                    : new TemporalUnavailableException(
                            "Expected to start Temporal in %s, but %s".formatted(dataFolder, failed), failed);
        }
    }

    private static TemporalServer startServer(Path folder, EmbeddedOptions options) throws IOException {
        TemporalCli cli = options.cli();
        return cli == null
                ? InMemoryServer.start(Ports.choose(options.port()))
                : new ServerStart(folder, options, cli).run();
    }

    /** {@code host:port} for {@code WorkflowServiceStubsOptions.setTarget}. */
    public String address() {
        return server.address();
    }

    /** Temporal's own page, if it was asked for. */
    public Optional<String> uiUrl() {
        return server.uiUrl();
    }

    /** False if this is the last resort, which loses everything with this JVM: to be said wherever it shows. */
    public boolean durable() {
        return server.durable();
    }

    /** The server's process; absent if it lives in this JVM. */
    public Optional<Long> pid() {
        return server.pid();
    }

    /** The locked folder, for what else the engine keeps in it. */
    public DataFolder folder() {
        return folder;
    }

    /** Completes when the server has ended, also when nobody here asked for it. */
    public CompletableFuture<Void> ended() {
        return server.ended();
    }

    /** Kills the server as a power cut would, and gives the folder back: a new start on it is possible at once. */
    public void kill() {
        server.kill();
        folder.close();
    }

    /** Ends the server in good order (at most eight seconds) and gives the folder back. */
    @Override
    public void close() {
        server.stop();
        folder.close();
    }
}
