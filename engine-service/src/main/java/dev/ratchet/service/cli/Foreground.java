package dev.ratchet.service.cli;

import dev.ratchet.service.server.Engine;
import java.io.PrintWriter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** Keeps an engine in the foreground and ends it in good order on SIGINT and SIGTERM, with status 0. */
final class Foreground {
    private final AtomicBoolean ending = new AtomicBoolean();

    Foreground(Engine engine, PrintWriter out) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(engine, out), "stop engine"));
    }

    private void end(Engine engine, PrintWriter out) {
        boolean asked = ending.compareAndSet(false, true);
        engine.close();
        out.println("Ratchet has stopped.");
        out.flush();
        if (asked) {
            // a signal would make the status that of a crash, and this was none
            Runtime.getRuntime().halt(ExitStatus.COMPLETED);
        }
    }

    /** Waits; ends the command only when something ended that nobody asked to. */
    int untilEndOf(CompletableFuture<Void> vital, String words) {
        vital.join();
        if (ending.compareAndSet(false, true)) {
            throw new CommandException(ExitStatus.FAILED, words);
        }
        return forever();
    }

    /** Waits for a signal. */
    int forever() {
        new CompletableFuture<Void>().join();
        return ExitStatus.COMPLETED;
    }
}
