package dev.ratchet.architecture.bad.verdict;

/** Waits for others. */
public final class Locks {
    private int count;

    public synchronized int next() {
        return ++count;
    }
}
