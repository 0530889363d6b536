package dev.ratchet.expression;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value fetched on first use and kept; a fetch that failed is tried again by the next reader. Thread-safe. */
final class Lazy {
    private final ReentrantLock lock = new ReentrantLock();
    private final Supplier<? extends JsonNode> source;
    private volatile @Nullable JsonNode value;

    Lazy(Supplier<? extends JsonNode> source) {
        this.source = source;
    }

    JsonNode get() {
        JsonNode known = value;
        return known == null ? fetch() : known;
    }

    private JsonNode fetch() {
        lock.lock();
        try {
            JsonNode known = value;
            if (known == null) {
                known = source.get();
                value = known;
            }
            return known;
        } finally {
            lock.unlock();
        }
    }
}
