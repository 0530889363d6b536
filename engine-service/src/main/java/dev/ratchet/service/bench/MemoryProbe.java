package dev.ratchet.service.bench;

import dev.ratchet.service.embedded.EmbeddedTemporal;
import dev.ratchet.service.server.Engine;
import java.io.IOException;
import java.net.http.HttpClient;

/** Peak memory of one wide run, each side with a JVM and a server of its own: a peak cannot be taken back. */
final class MemoryProbe {
    private static final String ANSWER = "peak-mb ";

    private MemoryProbe() {}

    /**
     * Peaks in MB.
     *
     * @param worker of the JVM that holds worker and client
     * @param server of the Temporal server
     */
    record Peak(long worker, long server) {
        long both() {
            return worker + server;
        }
    }

    /** Measures one side in processes of its own. */
    static Peak measure(String side) throws IOException, InterruptedException {
        return peak(side, Child.of(side));
    }

    private static Peak peak(String side, String output) {
        return output.lines()
                .filter(line -> line.startsWith(ANSWER))
                .map(line -> line.substring(ANSWER.length()).split(" "))
                .map(parts -> new Peak(Long.parseLong(parts[0]), Long.parseLong(parts[1])))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("Expected a peak from the " + side + " side, but: " + output));
    }

    /** The child of the plain SDK: a server, a client and a worker, and no engine beside them. */
    static String ofRaw(EmbeddedTemporal temporal, int width) {
        try (RawSide raw = new RawSide(temporal.address())) {
            raw.run(Shape.fan(width));
            return answer(temporal);
        }
    }

    /** The child of Ratchet: an engine as {@code up} starts it. */
    static String ofRatchet(Engine engine, int width) {
        new RatchetSide(
                        new Rest(HttpClient.newHttpClient(), engine.url().orElseThrow()),
                        new Documents(Documents.Task.FUNCTION, null))
                .run(Shape.fan(width));
        return answer(engine.temporal().orElseThrow());
    }

    private static String answer(EmbeddedTemporal temporal) {
        return ANSWER + PeakMemory.ofProcess(ProcessHandle.current().pid()) + " "
                + PeakMemory.ofProcess(temporal.pid().orElse(0L));
    }
}
