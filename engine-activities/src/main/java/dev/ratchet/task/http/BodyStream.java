package dev.ratchet.task.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** A response's body, unpacked, that ends with {@link TooLarge} where it passes a bound. */
final class BodyStream extends FilterInputStream {
    /** Small bodies may be as redundant as they like. */
    private static final long RATIO_FROM = 1 << 20;

    private final HttpSettings settings;
    private final Packed packed;
    private long count;
    private @Nullable IOException failure;

    private BodyStream(HttpSettings settings, Packed packed, InputStream unpacked) {
        super(unpacked);
        this.settings = settings;
        this.packed = packed;
    }

    /**
     * @param encoding the header {@code Content-Encoding}; absent or empty when the body is not packed
     * @throws IOException also when it is packed in a way that was not asked for
     */
    static BodyStream open(HttpSettings settings, Watch watch, InputStream raw, @Nullable String encoding)
            throws IOException {
        Packed packed = new Packed(settings, watch, raw);
        InputStream unpacked = switch (encoding == null ? "" : encoding.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> packed;
            case "gzip", "x-gzip" -> new GZIPInputStream(packed, 8192);
            case "deflate" -> new InflaterInputStream(packed);
            default -> throw new UnknownPacking();
        };
        return new BodyStream(settings, packed, unpacked);
    }

    /** Whether the connection has nothing more of this body; asked at the end of what was unpacked. */
    boolean isConsumed() throws IOException {
        return packed.read() < 0;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int read = read(one, 0, 1);
        return read < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            int read = in.read(buffer, offset, length);
            if (read > 0) {
                count += read;
                check();
            }
            return read;
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /** How reading ended, for those whose reader tells of it in other words; absent when it went well. */
    @Nullable
    IOException failure() {
        return failure;
    }

    @Override
    public long skip(long n) throws IOException {
        byte[] buffer = new byte[(int) Math.min(8192, Math.max(n, 1))];
        return Math.max(0, read(buffer, 0, (int) Math.min(n, buffer.length)));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void check() throws TooLarge {
        if (count > settings.maxBodyBytes()) {
            throw TooLarge.bytes(settings);
        }
        if (count > RATIO_FROM && count > packed.count * settings.maxRatio()) {
            throw new TooLarge("Expected a body that unpacks to at most " + settings.maxRatio()
                    + " times its size, but it unpacks to more");
        }
    }

    /** The bytes as they come from the connection. */
    private static final class Packed extends FilterInputStream {
        private final HttpSettings settings;
        private final Watch watch;
        private long count;

        Packed(HttpSettings settings, Watch watch, InputStream raw) {
            super(raw);
            this.settings = settings;
            this.watch = watch;
        }

        @Override
        public int read() throws IOException {
            int read = in.read();
            came(read < 0 ? -1 : 1);
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = in.read(buffer, offset, length);
            came(read);
            return read;
        }

        /** Whoever read the body closes it, but only the exchange knows what becomes of the connection. */
        @Override
        public void close() {}

        private void came(int read) throws TooLarge {
            if (read > 0) {
                count += read;
                watch.came(read);
                if (count > settings.maxBodyBytes()) {
                    throw TooLarge.bytes(settings);
                }
            }
        }
    }

    /** A body beyond a bound: {@code output_too_large}. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;

        TooLarge(String reason) {
            super(reason);
        }

        static TooLarge bytes(HttpSettings settings) {
            return new TooLarge(
                    "Expected a body of at most " + settings.maxBodyBytes() + " bytes, but the response has more");
        }
    }

    /** A body packed in a way nobody asked for. */
    static final class UnknownPacking extends IOException {
        private static final long serialVersionUID = 1L;

        UnknownPacking() {
            super("Expected a body that is plain or packed with gzip or deflate, but it is packed otherwise");
        }
    }
}
