package dev.ratchet.document;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * What a value weighs on its way: the bytes of its JSON, as the engine writes it into history, messages and blobs. The one
 * measure for whatever travels; whoever bounds anything in bytes bounds this. Thread-safe.
 */
public final class Weight {
    private Weight() {}

    public static long of(Object value) {
        try (Counting bytes = new Counting()) {
            Json.mapper().writeValue(bytes, value);
            return bytes.count;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static final class Counting extends OutputStream {
        private long count;

        @Override
        public void write(int one) {
            count++;
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            count += length;
        }
    }
}
