package dev.ratchet.faults;

import dev.ratchet.document.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The ledger's only memory: JSON lines, appended and forced to the disk one by one. Thread-safe. */
final class LedgerFile implements AutoCloseable {
    private final FileChannel channel;
    private final Set<String> applied = new HashSet<>();
    private long next;
    private final Map<String, Integer> begun = new HashMap<>();
    private long calls;

    LedgerFile(Path file) throws IOException {
        this.channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    /** Notes a raw delivery and numbers it. */
    synchronized long delivered(String name, String key) throws IOException {
        long call = ++calls;
        begun.merge(key, 1, Integer::sum);
        write(LedgerEntry.Kind.DELIVERED, call, name, key);
        return call;
    }

    /** How many calls of that key there were until now. */
    synchronized int calls(String key) {
        return begun.getOrDefault(key, 0);
    }

    /** Does the effect, unless it was done for this key before. */
    synchronized void apply(long call, String name, String key) throws IOException {
        if (applied.add(key)) {
            write(LedgerEntry.Kind.APPLIED, call, name, key);
        }
    }

    synchronized void write(LedgerEntry.Kind kind, long call, String name, String key) throws IOException {
        LedgerEntry entry =
                new LedgerEntry(next++, System.nanoTime(), System.currentTimeMillis(), kind, call, name, key);
        ByteBuffer line = ByteBuffer.wrap((Json.write(entry) + "\n").getBytes(StandardCharsets.UTF_8));
        while (line.hasRemaining()) {
            channel.write(line);
        }
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
