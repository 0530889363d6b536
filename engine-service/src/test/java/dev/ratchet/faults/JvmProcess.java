package dev.ratchet.faults;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A process of ours: a JVM with the class path of this one. It ends with the test that started it, and with this JVM in any
 * case. Thread-safe.
 */
public final class JvmProcess implements AutoCloseable {
    private static final Set<Process> ALIVE = ConcurrentHashMap.newKeySet();
    private static final long PATIENCE_SECONDS = 60;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ALIVE.forEach(Process::destroyForcibly)));
    }

    private final String name;
    private final Path log;
    private final Process process;

    private JvmProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
        ALIVE.add(process);
        process.onExit().thenAccept(ALIVE::remove);
    }

    /** Starts a program whose outputs go to a log. */
    public static JvmProcess start(
            String name, Path folder, Map<String, String> environment, Class<?> program, String... arguments)
            throws IOException {
        Path log = folder.resolve(name + ".log");
        ProcessBuilder builder = builder(program, arguments)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(key -> key.startsWith("RATCHET_") || key.startsWith("TEMPORAL_"));
        builder.environment().putAll(environment);
        return new JvmProcess(name, log, builder.start());
    }

    /** Starts a program that tells something on its standard output, and ends when its standard input does. */
    static JvmProcess startTalking(String name, Path folder, Class<?> program, String... arguments) throws IOException {
        Path log = folder.resolve(name + ".log");
        ProcessBuilder builder =
                builder(program, arguments).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return new JvmProcess(name, log, builder.start());
    }

    private static ProcessBuilder builder(Class<?> program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx384m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    String firstLine() throws IOException {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        String line = output.readLine();
        if (line == null) {
            throw new IOException("Expected " + name + " to say something, but it ended: " + tail());
        }
        return line;
    }

    String name() {
        return name;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** kill -9. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd(PATIENCE_SECONDS);
    }

    /** SIGTERM; does not wait. */
    public void terminate() {
        process.destroy();
    }

    /** Waits for its end. */
    public void awaitEnd(long seconds) {
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        "Expected " + name + " to end within " + seconds + " s, but it did not: " + tail());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** SIGSTOP: it is there, holds its sockets, and does nothing. */
    void freeze() {
        Signal.STOP.send(name, pid());
    }

    /** SIGCONT: it goes on as if no time had passed. */
    void thaw() {
        Signal.CONT.send(name, pid());
    }

    /** The end of its log. */
    String tail() {
        try {
            List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException unreadable) {
            return "(no log: " + unreadable + ")";
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        awaitEnd(PATIENCE_SECONDS);
    }
}
