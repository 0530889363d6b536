package dev.ratchet.task.blob;

import dev.ratchet.document.Text;
import dev.ratchet.run.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Blobs as files, {@code ab/cd/abcd…}, two levels deep so that no folder grows too large. A blob is written under a name of
 * its own, forced to the disk and renamed, so readers see a whole file or none, whoever dies. A type other than JSON stands
 * beside it in {@code abcd….type}. Storing a blob again renews its time stamp, by which old ones are swept, and mends one
 * that is damaged. Whose a blob is stands in {@code owned/}: a folder for each owner, named by a digest because names may
 * differ in case alone.
 */
public final class FolderBlobStore implements BlobStore {
    private static final int BUFFER = 64 * 1024;
    private static final int MAX_TYPE = 255;
    private static final String UNKNOWN_TYPE = "application/octet-stream";
    /** A type that is written in another way was damaged. */
    private static final Pattern TYPE = Pattern.compile("[!-.0-~]+/[ -~]+");

    private static final String OWNED = "owned";

    private final Path root;
    private final DurableFiles files;

    /** @param root made when it is not there; must be able to hold files */
    public FolderBlobStore(Path root) {
        this(root, Disk.LOCAL);
    }

    FolderBlobStore(Path root, Disk disk) {
        this.root = root.toAbsolutePath();
        try {
            this.files = new DurableFiles(this.root, disk);
        } catch (IOException e) {
            throw BlobException.unavailable(e);
        }
    }

    @Override
    public Value.Stored put(InputStream content, String mimeType) {
        MessageDigest digest = BlobRef.digest();
        long[] size = new long[1];
        try {
            Path temporary = files.write(out -> size[0] = copy(content, out, digest));
            try {
                String hash = BlobRef.hex(digest.digest());
                keep(temporary, hash, mimeType);
                return new Value.Stored(hash, size[0], mimeType, null);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw unwritten(e);
        }
    }

    @Override
    public Blob open(String ref) {
        String hash = BlobRef.parse(ref);
        Path file = fileOf(hash);
        return BlobFile.open(file, ref, typeOf(file));
    }

    @Override
    public void grant(String owner, String ref, String mimeType) {
        String hash = BlobRef.parse(ref);
        try {
            writeText(ownedFolder(owner, hash).resolve(hash), mimeType);
        } catch (IOException e) {
            throw unwritten(e);
        }
    }

    @Override
    public Optional<String> granted(String owner, String ref) {
        String hash = BlobRef.parse(ref);
        return typeIn(ownedFolder(owner, hash).resolve(hash));
    }

    private Path ownedFolder(String owner, String hash) {
        return root.resolve(OWNED)
                .resolve(BlobRef.of(owner.getBytes(StandardCharsets.UTF_8)))
                .resolve(hash.substring(0, 2));
    }

    private BlobException unwritten(IOException failed) {
        return files.isFull(failed) ? BlobException.full(failed) : BlobException.unavailable(failed);
    }

    /** What another process has just given its name is forced here as well: this caller is answered for, too. */
    private void keep(Path temporary, String hash, String mimeType) throws IOException {
        Path file = fileOf(hash);
        if (BlobFile.isIntact(file) && renewed(file)) {
            files.forceFolderOf(file);
        } else {
            writeType(file, mimeType);
            files.keep(temporary, file);
        }
    }

    private static long copy(InputStream content, OutputStream out, MessageDigest digest) throws IOException {
        OutputStream digested = new DigestOutputStream(out, digest);
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
            size += read;
            if (size > MAX_BYTES) {
                throw BlobException.tooLarge(MAX_BYTES);
            }
            digested.write(buffer, 0, read);
        }
        return size;
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

    private void writeText(Path file, String text) throws IOException {
        byte[] cut = Text.beginning(text, MAX_TYPE).getBytes(StandardCharsets.UTF_8);
        Path temporary = files.write(out -> out.write(cut));
        try {
            files.keep(temporary, file);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static String typeOf(Path file) {
        return typeIn(typeFileOf(file)).orElse(JSON);
    }

    /** A type that cannot be read is unknown; the content has an address to tell whether it is whole, a type has none. */
    private static Optional<String> typeIn(Path file) {
        try {
            String type = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            return Optional.of(TYPE.matcher(type).matches() ? type : UNKNOWN_TYPE);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(UNKNOWN_TYPE);
        }
    }

    private Path fileOf(String hash) {
        return root.resolve(hash.substring(0, 2)).resolve(hash.substring(2, 4)).resolve(hash);
    }

    private static Path typeFileOf(Path file) {
        return file.resolveSibling(file.getFileName() + ".type");
    }
}
