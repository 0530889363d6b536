package dev.ratchet.service.bench;

import dev.ratchet.service.embedded.EmbeddedTemporal;
import dev.ratchet.service.server.Engine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Peak memory of one wide run, each side with a JVM and a server of its own: a peak cannot be taken back. */
final class MemoryProbe {
    /** The hidden option of the command that makes a JVM the child. */
    static final String OPTION = "--memory-of";

    static final String RAW = "raw";
    static final String RATCHET = "ratchet";

    private static final String ANSWER = "peak-mb ";
    private static final long MINUTES = 5;

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

    /** Measures one side in processes of its own; its JVM gets the options that this one was started with. */
    static Peak measure(String side) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), "dev.ratchet.service.cli.Main", "bench", OPTION, side));
        Path output = Files.createTempFile("ratchet-bench", ".txt");
        try {
            Process child = new ProcessBuilder(command)
                    .redirectOutput(output.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            if (!child.waitFor(MINUTES, TimeUnit.MINUTES)) {
                child.destroyForcibly();
            }
            return peak(side, Files.readString(output));
        } finally {
            Files.delete(output);
        }
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
                        HttpClient.newHttpClient(),
                        engine.url().orElseThrow(),
                        new Documents(Documents.Task.FUNCTION, null))
                .run(Shape.fan(width));
        return answer(engine.temporal().orElseThrow());
    }

    private static String answer(EmbeddedTemporal temporal) {
        return ANSWER + PeakMemory.ofProcess(ProcessHandle.current().pid()) + " "
                + PeakMemory.ofProcess(temporal.pid().orElse(0L));
    }
}
