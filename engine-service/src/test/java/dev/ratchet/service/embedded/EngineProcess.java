package dev.ratchet.service.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Another JVM that holds an embedded server; its program is below, its driver here. */
final class EngineProcess implements AutoCloseable {
    private final Process process;
    private final long serverPid;

    private EngineProcess(Process process, long serverPid) {
        this.process = process;
        this.serverPid = serverPid;
    }

    static EngineProcess start(Path folder) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Program.class.getName()));
        command.addAll(
                List.of(folder.toString(), TemporalForTests.cli().binary().toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        String pid = output.readLine();
        if (pid == null) {
            throw new IOException("Expected the engine to print its server's pid, but it ended");
        }
        return new EngineProcess(process, Long.parseLong(pid));
    }

    long pid() {
        return process.pid();
    }

    ProcessHandle server() {
        return ProcessHandle.of(serverPid).orElseThrow();
    }

    /** The shell between the engine and its server. */
    ProcessHandle keeper() {
        return server().parent().orElseThrow();
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
        ProcessHandle.of(serverPid).ifPresent(ProcessHandle::destroyForcibly);
    }

    /** What runs in the other JVM. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) throws InterruptedException {
            TemporalCli cli = new TemporalCli(
                    Path.of(arguments[1]), TemporalCli.Source.TEMPORAL_CLI, new ServerVersion(1, 29, 1));
            EmbeddedTemporal temporal = EmbeddedTemporal.start(Path.of(arguments[0]), EmbeddedOptions.anyPort(cli));
            temporal.folder().announceApi("http://127.0.0.1:4711");
            System.out.println(temporal.pid().orElseThrow());
            new CountDownLatch(1).await();
        }
    }
}
