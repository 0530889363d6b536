package dev.ratchet.task.blob;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Writes files that are there as a whole or not at all, and that survive a power failure once they are answered for: the
 * content is forced to the disk before the name exists, and the folders that hold the name after it. A write that fails
 * leaves nothing behind. Thread-safe.
 */
final class DurableFiles {
    /** What a process that died left behind is surely nobody's any more. */
    private static final Duration LEFT_BEHIND = Duration.ofDays(1);

    /** A disk with less than that has no room, whatever its errors say in whichever language. */
    private static final long NO_ROOM = 64 * 1024;

    private final Path root;
    private final Path incoming;
    private final Disk disk;
    private final boolean forcesFolders;

    /** Writes the content of a file. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    DurableFiles(Path root, Disk disk) throws IOException {
        this.root = root;
        this.incoming = root.resolve("incoming");
        this.disk = disk;
        Files.createDirectories(incoming);
        this.forcesFolders = forcesFolders();
        sweep();
    }

    /** Some systems cannot open a folder; they give no promise against a power failure. */
    private boolean forcesFolders() {
        try {
            disk.force(incoming);
            return true;
        } catch (IOException unsupported) {
            return false;
        }
    }

    /** A file of its own that is forced; whoever gets it keeps or deletes it. */
    Path write(Content content) throws IOException {
        Path temporary = Files.createTempFile(incoming, "blob", ".tmp");
        try {
            try (OutputStream out = disk.write(temporary)) {
                content.writeTo(out);
            }
            disk.force(temporary);
            return temporary;
        } catch (IOException | RuntimeException failed) {
            Files.deleteIfExists(temporary);
            throw failed;
        }
    }

    /** Gives a written file its name. */
    void keep(Path temporary, Path file) throws IOException {
        Path folder = folderOf(file);
        makeFolder(folder);
        disk.rename(temporary, file);
        force(folder);
    }

    /** Makes sure that the names in a file's folder survive. */
    void forceFolderOf(Path file) throws IOException {
        force(folderOf(file));
    }

    /** Each folder that is new is a name in the one above it, which is to survive as well. */
    private void makeFolder(Path folder) throws IOException {
        if (folder.equals(root) || Files.isDirectory(folder)) {
            return;
        }
        Path above = folderOf(folder);
        makeFolder(above);
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException other) {
            if (!Files.isDirectory(folder)) {
                throw other;
            }
        }
        force(above);
    }

    private Path folderOf(Path file) {
        Path parent = file.getParent();
        return parent == null ? root : parent;
    }

    private void force(Path folder) throws IOException {
        if (forcesFolders) {
            disk.force(folder);
        }
    }

    /** Whether a write failed for want of room: systems say it in words only. */
    boolean isFull(IOException failed) {
        String text = String.valueOf(failed.getMessage()).toLowerCase(Locale.ROOT);
        return text.contains("no space left")
                || text.contains("not enough space")
                || text.contains("quota exceeded")
                || isOutOfRoom();
    }

    private boolean isOutOfRoom() {
        try {
            return Files.getFileStore(root).getUsableSpace() < NO_ROOM;
        } catch (IOException unknown) {
            return false;
        }
    }

    private void sweep() {
        Instant before = Instant.now().minus(LEFT_BEHIND);
        try (Stream<Path> files = Files.list(incoming)) {
            for (Path file : files.toList()) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException left) {
            // somebody else sweeps as well, or the next start does
        }
    }
}
