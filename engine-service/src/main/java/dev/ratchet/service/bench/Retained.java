package dev.ratchet.service.bench;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What this process holds on to, in bytes, right after full collections.
 *
 * @param heap objects that are alive; stacks of parked virtual threads are among them
 * @param nonHeap classes, compiled code and what else the JVM counts as used outside the heap
 * @param direct buffers outside the heap
 * @param resident what the operating system says that the process holds, with all that the JVM keeps for later; 0 where
 *     there is no /proc
 */
record Retained(long heap, long nonHeap, long direct, long resident) {
    private static final int MOST_COLLECTIONS = 10;
    private static final long STILL = 64 * 1024;

    /** Collects until nothing more comes free: what cleaners and soft caches let go needs more than one collection. */
    static Retained now() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        long last = Long.MAX_VALUE;
        long heap = collected(memory);
        for (int i = 1; i < MOST_COLLECTIONS && last - heap > STILL; i++) {
            last = heap;
            heap = collected(memory);
        }
        return new Retained(heap, memory.getNonHeapMemoryUsage().getUsed(), buffers(), residentBytes());
    }

    /**
     * What counts of a difference: what is alive in the heap, and what is used outside it, unless that became less.
     * Compiled code that nobody runs any more goes with a collection, and that is no merit of what came.
     */
    long counted() {
        return heap + Math.max(0, outside());
    }

    /** All that is used outside the heap. */
    long outside() {
        return nonHeap + direct;
    }

    Retained minus(Retained before) {
        return new Retained(
                heap - before.heap, nonHeap - before.nonHeap, direct - before.direct, resident - before.resident);
    }

    private static long collected(MemoryMXBean memory) {
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    private static long buffers() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    private static long residentBytes() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
