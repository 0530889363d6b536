package dev.ratchet.task.blob;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/**
 * A file whose name is the hash of its content. It is opened by one door, which reads all of it and compares: content that
 * changed on the disk never gets any further. A second look at a large one is answered from the system's cache.
 */
final class BlobFile {
    /** Read at once, and not again. */
    private static final int SMALL = 1024 * 1024;

    private static final int BUFFER = 64 * 1024;

    private BlobFile() {}

    /** @throws BlobException not found, damaged, or unavailable */
    static Blob open(Path file, String ref, String mimeType) {
        FileChannel channel = channel(file, ref);
        try {
            return verified(channel, file, ref, mimeType);
        } catch (IOException e) {
            close(channel);
            throw Files.isDirectory(file) ? BlobException.closed(ref, e) : BlobException.unavailable(e);
        } catch (RuntimeException e) {
            close(channel);
            throw e;
        }
    }

    /** Whether a file is there, can be read, and is what its name says. */
    static boolean isIntact(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return digest(channel).equals(nameOf(file));
        } catch (IOException e) {
            return false;
        }
    }

    private static FileChannel channel(Path file, String ref) {
        try {
            return FileChannel.open(file, StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            throw BlobException.notFound(ref);
        } catch (AccessDeniedException | NotDirectoryException e) {
            throw BlobException.closed(ref, e);
        } catch (IOException e) {
            throw BlobException.unavailable(e);
        }
    }

    private static Blob verified(FileChannel channel, Path file, String ref, String mimeType) throws IOException {
        long size = channel.size();
        if (size > BlobStore.MAX_BYTES) {
            throw BlobException.damaged(ref);
        }
        if (size <= SMALL) {
            byte[] content = Channels.newInputStream(channel).readAllBytes();
            check(BlobRef.of(content), file, ref);
            channel.close();
            return new Blob(new ByteArrayInputStream(content), content.length, mimeType);
        }
        check(digest(channel), file, ref);
        return new Blob(Channels.newInputStream(channel.position(0)), size, mimeType);
    }

    private static void check(String digest, Path file, String ref) {
        if (!digest.equals(nameOf(file))) {
            throw BlobException.damaged(ref);
        }
    }

    private static String digest(FileChannel channel) throws IOException {
        MessageDigest digest = BlobRef.digest();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        while (channel.read(buffer) >= 0) {
            digest.update(buffer.flip());
            buffer.clear();
        }
        return BlobRef.hex(digest.digest());
    }

    private static String nameOf(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException open) {
            // what was wrong with it is told already
        }
    }
}
