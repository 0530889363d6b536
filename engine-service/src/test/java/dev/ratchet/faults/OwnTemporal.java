package dev.ratchet.faults;

import dev.ratchet.service.embedded.EmbeddedOptions;
import dev.ratchet.service.embedded.EmbeddedTemporal;
import dev.ratchet.service.embedded.TemporalForTests;
import java.nio.file.Path;

/** A Temporal of a test's own, that can be killed and started again on the same file and port. */
final class OwnTemporal implements AutoCloseable {
    private final Path folder;
    private EmbeddedTemporal server;

    OwnTemporal(Path folder) {
        this.folder = folder;
        this.server = EmbeddedTemporal.start(folder, EmbeddedOptions.anyPort(TemporalForTests.cli()));
    }

    String address() {
        return server.address();
    }

    /** As a power cut would. */
    void kill() {
        server.kill();
    }

    void restart() {
        int port = Integer.parseInt(server.address().substring(server.address().lastIndexOf(':') + 1));
        String before = server.address();
        server = EmbeddedTemporal.start(
                folder, EmbeddedOptions.anyPort(TemporalForTests.cli()).withPort(port));
        if (!server.address().equals(before)) {
            throw new IllegalStateException("Expected Temporal back at " + before + ", but somebody else is there");
        }
    }

    @Override
    public void close() {
        server.kill();
    }
}
