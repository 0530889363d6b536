package dev.ratchet.service.embedded;

import dev.ratchet.service.config.Environment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The development server under its keeper, a small shell that ends it when this JVM is gone. Both are in a session
 * of their own, where the host can do that: Ctrl-C at a terminal then reaches the JVM alone, which ends them last.
 */
final class ServerProcess implements TemporalServer {
    private static final int GRACE_SECONDS = 5;
    private final Process keeper;
    private final long server;
    private final int port;
    private final @Nullable WebUi ui;

    private ServerProcess(Process keeper, long server, int port, @Nullable WebUi ui) {
        this.keeper = keeper;
        this.server = server;
        this.port = port;
        this.ui = ui;
    }

    /** Starts the command; both outputs of the server are appended to the log. */
    static ServerProcess start(List<String> command, Path folder, Path log, int port, @Nullable WebUi ui)
            throws IOException {
        List<String> kept = new ArrayList<>();
        Environment.system().onPath("setsid").ifPresent(setsid -> kept.add(setsid.toString()));
        kept.addAll(List.of("/bin/sh", "-c", script(), "ratchet-temporal", Integer.toString(GRACE_SECONDS)));
        kept.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(kept)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("TEMPORAL_")); // its clients' settings, not ours
        Process keeper = builder.start();
        return new ServerProcess(keeper, pidFrom(keeper), port, ui);
    }

    @Override
    public String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public Optional<String> uiUrl() {
        return Optional.ofNullable(ui).map(WebUi::url);
    }

    @Override
    public Optional<Long> pid() {
        return Optional.of(server);
    }

    @Override
    public boolean durable() {
        return true;
    }

    @Override
    public CompletableFuture<Void> ended() {
        return keeper.onExit().thenAccept(process -> {});
    }

    boolean answers() {
        return Ports.answers(port);
    }

    /** Waits that long for the server's end; true if it has ended. */
    boolean endsWithin(long millis) throws InterruptedException {
        return keeper.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void kill() {
        ProcessHandle.of(server).ifPresent(ProcessHandle::destroyForcibly);
        awaitKeeper();
    }

    @Override
    public void stop() {
        try {
            keeper.getOutputStream().close(); // the keeper takes this for our end
        } catch (IOException closed) {
            // then it has ended before
        }
        awaitKeeper();
    }

    private void awaitKeeper() {
        try {
            if (!keeper.waitFor(GRACE_SECONDS + 3L, TimeUnit.SECONDS)) {
                endAll();
            }
        } catch (InterruptedException interrupted) {
            endAll();
            Thread.currentThread().interrupt();
        }
    }

    private void endAll() {
        ProcessHandle.of(server).ifPresent(ProcessHandle::destroyForcibly);
        keeper.destroyForcibly();
    }

    private static long pidFrom(Process keeper) throws IOException {
        try (BufferedReader output = keeper.inputReader(StandardCharsets.UTF_8)) {
            String line = output.readLine();
            if (line == null) {
                throw new IOException("Expected the server's pid, but its shell ended with status "
                        + keeper.onExit().join().exitValue());
            }
            return Long.parseLong(line.strip());
        }
    }

    private static String script() {
        try (InputStream script = ServerProcess.class.getResourceAsStream("keeper.sh")) {
            if (script == null) {
                throw new IllegalStateException("Expected keeper.sh on the class path, but it is missing");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Expected to read keeper.sh, but " + unreadable, unreadable);
        }
    }
}
