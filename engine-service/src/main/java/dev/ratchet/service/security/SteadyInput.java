package dev.ratchet.service.security;

import dev.ratchet.service.problem.ProblemCode;
import dev.ratchet.service.problem.ProblemException;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * A body whose sender has to keep a pace. Only the time that is spent waiting for the sender counts, and a pause of seconds
 * is nobody's fault; what is measured is each stretch of ten seconds, not the whole, so that who sent much at first cannot
 * hold it for hours.
 */
final class SteadyInput extends ServletInputStream {
    private static final long STRETCH_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long LEAST_BYTES_A_SECOND = 256;

    private final ServletInputStream body;
    private final LongSupplier nanoTime;
    private long waited;
    private long received;

    SteadyInput(ServletInputStream body, LongSupplier nanoTime) {
        this.body = body;
        this.nanoTime = nanoTime;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        long began = nanoTime.getAsLong();
        int count;
        try {
            count = body.read(bytes, from, length);
        } catch (IOException broken) {
            if (isSilence(broken)) {
                throw tooSlow();
            }
            throw broken;
        }
        if (count > 0) {
            keepPace(count, nanoTime.getAsLong() - began);
        }
        return count;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    private void keepPace(int count, long nanos) {
        waited += nanos;
        received += count;
        if (waited < STRETCH_NANOS) {
            return;
        }
        if (received < LEAST_BYTES_A_SECOND * TimeUnit.NANOSECONDS.toSeconds(waited)) {
            throw tooSlow();
        }
        waited = 0;
        received = 0;
    }

    private static boolean isSilence(Throwable broken) {
        for (Throwable cause = broken; cause != null; cause = cause.getCause()) {
            if (cause instanceof TimeoutException) {
                return true;
            }
        }
        return false;
    }

    private static ProblemException tooSlow() {
        return ProblemException.of(
                ProblemCode.REQUEST_TIMEOUT,
                "Expected " + LEAST_BYTES_A_SECOND + " bytes of the body a second, but they come more slowly");
    }

    @Override
    public boolean isFinished() {
        return body.isFinished();
    }

    @Override
    public boolean isReady() {
        return body.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        body.setReadListener(listener);
    }
}
