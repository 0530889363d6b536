package dev.ratchet.service.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A measurement that wants a JVM and a server of its own: the memory of a process cannot be told apart afterwards. */
final class Child {
    /** The hidden option of the command that makes a JVM the child. */
    static final String OPTION = "--memory-of";

    static final String RAW = "raw";
    static final String RATCHET = "ratchet";
    static final String PARKED = "parked";

    private static final long MINUTES = 5;

    private Child() {}

    /** Runs one child and returns what it printed; its JVM gets the options that this one was started with. */
    static String of(String what) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), "dev.ratchet.service.cli.Main", "bench", OPTION, what));
        Path output = Files.createTempFile("ratchet-bench", ".txt");
        try {
            Process child = new ProcessBuilder(command)
                    .redirectOutput(output.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            if (!child.waitFor(MINUTES, TimeUnit.MINUTES)) {
                child.destroyForcibly();
            }
            return Files.readString(output);
        } finally {
            Files.delete(output);
        }
    }
}
