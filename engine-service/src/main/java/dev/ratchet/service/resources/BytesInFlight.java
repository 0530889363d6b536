package dev.ratchet.service.resources;

import dev.ratchet.service.problem.ProblemCode;
import dev.ratchet.service.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of bodies are being received at once: each is bounded, but hundreds that are never finished would fill the
 * heap together. Thread-safe.
 */
final class BytesInFlight {
    private static final int CHUNK = 1 << 16;
    private static final long LEAST = 64L << 20;
    private static final int SHARE_OF_HEAP = 8;

    private final long most;
    private final AtomicLong held = new AtomicLong();

    BytesInFlight(long most) {
        this.most = most;
    }

    /** An eighth of what this JVM may have. */
    static BytesInFlight ofThisHeap() {
        return new BytesInFlight(Math.max(LEAST, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP));
    }

    /**
     * Reads a body to its end, or so many bytes of it.
     *
     * @throws ProblemException {@code overloaded} when too much is being received
     */
    byte[] read(InputStream body, int limit) throws IOException {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        try {
            byte[] chunk = new byte[CHUNK];
            int count = body.read(chunk, 0, Math.min(CHUNK, limit));
            while (count > 0) {
                if (held.addAndGet(count) > most) {
                    received.write(chunk, 0, count);
                    throw tooMuch();
                }
                received.write(chunk, 0, count);
                count = body.read(chunk, 0, Math.min(CHUNK, limit - received.size()));
            }
            return received.toByteArray();
        } finally {
            held.addAndGet(-received.size());
        }
    }

    private ProblemException tooMuch() {
        return ProblemException.passing(
                ProblemCode.OVERLOADED,
                "Expected at most " + most + " bytes of bodies at once, but there are more",
                Duration.ofSeconds(1),
                null);
    }
}
