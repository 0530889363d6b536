package dev.ratchet.task.blob;

import dev.ratchet.run.Value;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A blob store for tests: in memory, and out of reach when told so. */
public final class MemoryBlobs implements BlobStore {
    private final Map<String, Entry> blobs = new ConcurrentHashMap<>();
    private final Map<String, String> grants = new ConcurrentHashMap<>();
    private volatile boolean down;

    private record Entry(byte[] content, String mimeType) {}

    /** From now on nothing can be stored or read. */
    public void goDown() {
        down = true;
    }

    public int size() {
        return blobs.size();
    }

    @Override
    public Value.Stored put(InputStream content, String mimeType) {
        checkUp();
        try {
            byte[] bytes = content.readAllBytes();
            String ref = BlobRef.of(bytes);
            blobs.putIfAbsent(ref, new Entry(bytes, mimeType));
            return new Value.Stored(ref, bytes.length, mimeType, null);
        } catch (IOException e) {
            throw BlobException.unavailable(e);
        }
    }

    @Override
    public void grant(String owner, String ref, String mimeType) {
        checkUp();
        grants.put(owner + "\n" + BlobRef.parse(ref), mimeType);
    }

    @Override
    public Optional<String> granted(String owner, String ref) {
        checkUp();
        return Optional.ofNullable(grants.get(owner + "\n" + BlobRef.parse(ref)));
    }

    @Override
    public Blob open(String ref) {
        checkUp();
        Entry entry = blobs.get(BlobRef.parse(ref));
        if (entry == null) {
            throw BlobException.notFound(ref);
        }
        return new Blob(new ByteArrayInputStream(entry.content()), entry.content().length, entry.mimeType());
    }

    private void checkUp() {
        if (down) {
            throw BlobException.unavailable(new IOException("down"));
        }
    }
}
