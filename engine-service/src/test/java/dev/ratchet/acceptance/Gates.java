package dev.ratchet.acceptance;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Where tests hold tasks, and what they counted there: shared by the tests of a JVM, so names are to be their own. */
final class Gates {
    private static final Map<String, CountDownLatch> GATES = new ConcurrentHashMap<>();
    private static final Map<String, AtomicInteger> CALLS = new ConcurrentHashMap<>();

    private Gates() {}

    /** Lets go all that is held there, and whatever comes after it. */
    static void open(String gate) {
        gate(gate).countDown();
    }

    static void pass(String gate) throws InterruptedException {
        gate(gate).await();
    }

    static void count(String idempotencyKey) {
        CALLS.computeIfAbsent(idempotencyKey, key -> new AtomicInteger()).incrementAndGet();
    }

    /** How often a task was really called. */
    static int calls(RunHandle run, String task) {
        AtomicInteger calls = CALLS.get("default/" + run.id() + "/" + task);
        return calls == null ? 0 : calls.get();
    }

    private static CountDownLatch gate(String name) {
        return GATES.computeIfAbsent(name, key -> new CountDownLatch(1));
    }
}
