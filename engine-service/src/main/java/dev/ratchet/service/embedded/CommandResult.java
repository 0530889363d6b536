package dev.ratchet.service.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a short program of the host said, its two outputs together, and how it ended. */
record CommandResult(boolean succeeded, String output) {
    private static final int LAST_LINES = 12;

    /**
     * Runs the program to its end. Its output goes through a file: a pipe that somebody's grandchild holds open
     * would make us wait beyond the patience.
     *
     * @throws IOException if it cannot be started, does not end in time, or the wait is interrupted
     */
    static CommandResult of(ProcessBuilder builder, Duration patience) throws IOException {
        Path output = Files.createTempFile("ratchet-", ".out");
        try {
            Process process = builder.redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(output.toFile())
                    .start();
            awaitEnd(process, patience);
            return new CommandResult(process.exitValue() == 0, Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static void awaitEnd(Process process, Duration patience) throws IOException {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("Expected it to end within %d s, but it did not".formatted(patience.toSeconds()));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("Expected it to end, but the wait for it was interrupted", interrupted);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** The last lines: enough to see why a build failed. */
    String tail() {
        List<String> lines = output.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }
}
