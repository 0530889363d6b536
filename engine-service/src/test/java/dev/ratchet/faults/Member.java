package dev.ratchet.faults;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A place for a process in a fleet. Whoever keeps it up starts another one when it ended by itself, as a deployment does. Thread-safe. */
final class Member {
    private final Supplier<JvmProcess> starter;
    private @Nullable JvmProcess process;
    private boolean wanted;

    Member(Supplier<JvmProcess> starter) {
        this.starter = starter;
    }

    void start() {
        start(starter);
    }

    /** Another kind of process in its place. */
    synchronized void start(Supplier<JvmProcess> other) {
        process = other.get();
        wanted = true;
    }

    synchronized JvmProcess process() {
        JvmProcess now = process;
        if (now == null) {
            throw new IllegalStateException("Expected a process, but none was started yet");
        }
        return now;
    }

    /** For those who end it: nobody starts another one until they do. */
    synchronized JvmProcess giveUp() {
        wanted = false;
        return process();
    }

    /** Returns whether it had ended by itself, and another one was started. */
    synchronized boolean keepUp() {
        if (!wanted || process().isAlive()) {
            return false;
        }
        start(starter);
        return true;
    }
}
