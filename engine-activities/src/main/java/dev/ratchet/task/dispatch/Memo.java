package dev.ratchet.task.dispatch;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value made once, when it is first asked for; making that failed is tried again. Thread-safe. */
final class Memo<T> implements Supplier<T> {
    private final ReentrantLock lock = new ReentrantLock();
    private final Supplier<? extends T> source;
    private volatile @Nullable T value;

    Memo(Supplier<? extends T> source) {
        this.source = source;
    }

    @Override
    public T get() {
        T known = value;
        return known == null ? make() : known;
    }

    private T make() {
        lock.lock();
        try {
            T known = value;
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
