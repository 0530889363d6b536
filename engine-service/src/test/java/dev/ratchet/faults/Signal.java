package dev.ratchet.faults;

import java.io.IOException;

/** A signal that Java cannot send by itself. */
enum Signal {
    STOP,
    CONT;

    /** @param name of the process, for whoever reads that it failed */
    void send(String name, long pid) {
        run(name, "kill", "-" + name(), Long.toString(pid));
    }

    /** Runs a small program that is done at once. */
    static void run(String what, String... command) {
        try {
            int status = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (status != 0) {
                throw new IllegalStateException("Expected '%s' to work on %s, but its status is %d"
                        .formatted(String.join(" ", command), what, status));
            }
        } catch (IOException failed) {
            throw new IllegalStateException(
                    "Expected '%s' to work on %s, but %s".formatted(String.join(" ", command), what, failed), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
