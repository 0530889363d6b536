package dev.ratchet.service.cli;

import dev.ratchet.service.server.Engine;
import java.io.PrintWriter;
import java.util.concurrent.CompletableFuture;

/** Keeps an engine in the foreground and ends it in good order on SIGINT and SIGTERM, with status 0. */
final class Foreground {
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();

    Foreground(Engine engine, PrintWriter out) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            boolean asked = !stopped.isDone();
                            engine.close();
                            out.println("Ratchet has stopped.");
                            out.flush();
                            if (asked) {
                                // a signal would make the status that of a crash, and this was none
                                Runtime.getRuntime().halt(ExitStatus.COMPLETED);
                            }
                        },
                        "stop engine"));
    }

    /** Waits; returns only when something ended that should not. */
    int untilEndOf(CompletableFuture<Void> vital, String words) {
        vital.join();
        stopped.complete(null);
        throw new CommandException(ExitStatus.FAILED, words);
    }

    /** Waits for a signal. */
    int forever() {
        new CompletableFuture<Void>().join();
        return ExitStatus.COMPLETED;
    }
}
