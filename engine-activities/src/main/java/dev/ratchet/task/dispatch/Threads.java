package dev.ratchet.task.dispatch;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** The threads that attempts run on. */
final class Threads {
    /** For what mostly waits: a thread of its own for each. */
    static final Executor VIRTUAL =
            attempt -> Thread.ofVirtual().name("attempt").start(attempt);

    /** For what computes: a virtual thread that computes for ever would take a carrier from all others. */
    static final Executor PLATFORM = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("inline-attempt-", 0).factory());

    private Threads() {}
}
