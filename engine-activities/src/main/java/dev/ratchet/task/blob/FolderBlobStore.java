package dev.ratchet.task.blob;

import dev.ratchet.document.Text;
import dev.ratchet.run.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;

/**
 * Blobs as files, {@code ab/cd/abcd…}, two levels deep so that no folder grows too large. A blob is written under a name of
 * its own, forced to the disk and renamed, so readers see a whole file or none, whoever dies. A type other than JSON stands
 * beside it in {@code abcd….type}. Storing a blob again renews its time stamp, by which old ones are swept. Whose a blob is
 * stands in {@code owned/}: a folder for each owner, named by a digest because names may differ in case alone.
 */
public final class FolderBlobStore implements BlobStore {
    private static final int BUFFER = 64 * 1024;
    private static final int MAX_TYPE = 255;

    private static final String OWNED = "owned";

    private final Path root;
    private final Path incoming;

    /** @param root made when it is not there; must be able to hold files */
    public FolderBlobStore(Path root) {
        this.root = root.toAbsolutePath();
        this.incoming = this.root.resolve("incoming");
        try {
            Files.createDirectories(incoming);
        } catch (IOException e) {
            throw BlobException.unavailable(e);
        }
    }

    @Override
    public Value.Stored put(InputStream content, String mimeType) {
        try {
            Path temporary = Files.createTempFile(incoming, "blob", ".tmp");
            try {
                return keep(temporary, content, mimeType);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw BlobException.unavailable(e);
        }
    }

    @Override
    public Blob open(String ref) {
        String hash = BlobRef.parse(ref);
        Path file = folderOf(hash).resolve(hash);
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            return new Blob(Channels.newInputStream(channel), channel.size(), typeOf(file));
        } catch (NoSuchFileException e) {
            throw BlobException.notFound(ref);
        } catch (IOException e) {
            throw BlobException.unavailable(e);
        }
    }

    @Override
    public void grant(String owner, String ref, String mimeType) {
        String hash = BlobRef.parse(ref);
        Path folder = ownedFolder(owner, hash);
        try {
            Files.createDirectories(folder);
            writeText(folder.resolve(hash), mimeType);
            forceFolder(folder);
        } catch (IOException e) {
            throw BlobException.unavailable(e);
        }
    }

    @Override
    public Optional<String> granted(String owner, String ref) {
        String hash = BlobRef.parse(ref);
        try {
            return Optional.of(Files.readString(ownedFolder(owner, hash).resolve(hash)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw BlobException.unavailable(e);
        }
    }

    private Path ownedFolder(String owner, String hash) {
        return root.resolve(OWNED)
                .resolve(BlobRef.of(owner.getBytes(StandardCharsets.UTF_8)))
                .resolve(hash.substring(0, 2));
    }

    private Value.Stored keep(Path temporary, InputStream content, String mimeType) throws IOException {
        MessageDigest digest = BlobRef.digest();
        long size = write(temporary, content, digest);
        String hash = BlobRef.hex(digest.digest());
        Path folder = folderOf(hash);
        Path file = folder.resolve(hash);
        if (!renewed(file)) {
            Files.createDirectories(folder);
            writeType(file, mimeType);
            move(temporary, file);
            forceFolder(folder);
        }
        return new Value.Stored(hash, size, mimeType, null);
    }

    private static long write(Path temporary, InputStream content, MessageDigest digest) throws IOException {
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE);
                OutputStream out = new DigestOutputStream(Channels.newOutputStream(channel), digest)) {
            byte[] buffer = new byte[BUFFER];
            long size = 0;
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                size += read;
                if (size > MAX_BYTES) {
                    throw BlobException.tooLarge(MAX_BYTES);
                }
                out.write(buffer, 0, read);
            }
            channel.force(true);
            return size;
        }
    }

    private static boolean renewed(Path file) throws IOException {
        try {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Before the content, so that whoever sees the content sees its type. */
    private void writeType(Path file, String mimeType) throws IOException {
        if (!mimeType.equals(JSON)) {
            writeText(typeFileOf(file), mimeType);
        }
    }

    private void writeText(Path file, String mimeType) throws IOException {
        Path temporary = Files.createTempFile(incoming, "type", ".tmp");
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            String type = Text.beginning(mimeType, MAX_TYPE);
            channel.write(java.nio.ByteBuffer.wrap(type.getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        move(temporary, file);
    }

    private static String typeOf(Path file) throws IOException {
        try {
            return Files.readString(typeFileOf(file));
        } catch (NoSuchFileException e) {
            return JSON;
        }
    }

    private static void move(Path temporary, Path file) throws IOException {
        try {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("Expected a file system that renames atomically, but this one does not", e);
        }
    }

    /** A rename is durable once its folder is; systems that cannot open a folder do without. */
    private static void forceFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // nothing is lost but the promise against a power failure, which such systems do not give
        }
    }

    private Path folderOf(String hash) {
        return root.resolve(hash.substring(0, 2)).resolve(hash.substring(2, 4));
    }

    private static Path typeFileOf(Path file) {
        return file.resolveSibling(file.getFileName() + ".type");
    }
}
