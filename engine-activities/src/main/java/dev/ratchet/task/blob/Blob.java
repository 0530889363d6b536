package dev.ratchet.task.blob;

import java.io.IOException;
import java.io.InputStream;

/**
 * A stored value, open for reading; whoever opened it closes it.
 *
 * @param size in bytes
 * @param mimeType as it was stored first
 */
public record Blob(InputStream content, long size, String mimeType) implements AutoCloseable {
    @Override
    public void close() throws IOException {
        content.close();
    }
}
