package dev.ratchet.faults;

import dev.ratchet.service.embedded.EmbeddedOptions;
import dev.ratchet.service.embedded.EmbeddedTemporal;
import dev.ratchet.service.embedded.TemporalForTests;
import java.nio.file.Path;
import java.util.Optional;

/** A Temporal of a stage's own, that can be killed and started again on the same file and port. */
final class OwnTemporal implements Stage.Temporals {
    private Path folder = Path.of("");
    private Optional<EmbeddedTemporal> server = Optional.empty();

    @Override
    public String start(Path stage) {
        folder = stage.resolve("temporal");
        server = Optional.of(EmbeddedTemporal.start(folder, EmbeddedOptions.anyPort(TemporalForTests.cli())));
        return address();
    }

    /** As a power cut would. */
    void kill() {
        server.orElseThrow().kill();
    }

    /** SIGSTOP. */
    void freeze() {
        Signal.STOP.send("Temporal", pid());
    }

    /** SIGCONT. */
    void thaw() {
        Signal.CONT.send("Temporal", pid());
    }

    private long pid() {
        return server.flatMap(EmbeddedTemporal::pid).orElseThrow();
    }

    void restart() {
        String before = address();
        int port = Integer.parseInt(before.substring(before.lastIndexOf(':') + 1));
        server = Optional.of(EmbeddedTemporal.start(
                folder, EmbeddedOptions.anyPort(TemporalForTests.cli()).withPort(port)));
        if (!address().equals(before)) {
            throw new IllegalStateException("Expected Temporal back at " + before + ", but somebody else is there");
        }
    }

    @Override
    public void stop() {
        server.ifPresent(EmbeddedTemporal::kill);
    }

    private String address() {
        return server.orElseThrow().address();
    }
}
