package dev.ratchet.faults;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Real time that passes in real processes: between two looks at them, and while a fault lasts. */
final class Pause {
    private Pause() {}

    static void of(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
