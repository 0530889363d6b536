package dev.ratchet.service.bench;

import dev.ratchet.service.embedded.EmbeddedTemporal;
import dev.ratchet.service.server.Engine;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Peak memory of one wide run, each side with a JVM and a server of its own: a peak cannot be taken back. */
final class MemoryProbe {
    /** The hidden option of the command that makes a JVM the child. */
    static final String OPTION = "--memory-of";

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

    /** Measures one side in processes of its own. */
    static Peak measure(String side, Map<String, String> environment) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                "--enable-native-access=ALL-UNNAMED",
                "dev.ratchet.service.cli.Main",
                "bench",
                OPTION,
                side));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        Process child = builder.start();
        String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!child.waitFor(MINUTES, TimeUnit.MINUTES)) {
            child.destroyForcibly();
        }
        return output.lines()
                .filter(line -> line.startsWith(ANSWER))
                .map(line -> line.substring(ANSWER.length()).split(" "))
                .map(parts -> new Peak(Long.parseLong(parts[0]), Long.parseLong(parts[1])))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("Expected a peak from the " + side + " side, but: " + output));
    }

    /** The child: runs the widest graph once and prints the peaks. */
    static String runOnce(String side, Engine engine, int width) {
        EmbeddedTemporal temporal = engine.temporal().orElseThrow();
        Shape shape = Shape.fan(width);
        if (side.equals("raw")) {
            try (RawSide raw = new RawSide(temporal.address())) {
                raw.run(shape);
                return answer(temporal);
            }
        }
        new RatchetSide(
                        HttpClient.newHttpClient(),
                        engine.url().orElseThrow(),
                        new Documents(Documents.Task.FUNCTION, null))
                .run(shape);
        return answer(temporal);
    }

    private static String answer(EmbeddedTemporal temporal) {
        return ANSWER + PeakMemory.ofProcess(ProcessHandle.current().pid()) + " "
                + PeakMemory.ofProcess(temporal.pid().orElse(0L));
    }
}
