package dev.ratchet.task.blob;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** What a store does to its disk to change it; a test has disks that are full, and disks that tell what was done. */
interface Disk {
    /** The file system at hand. */
    Disk LOCAL = new Disk() {
        @Override
        public OutputStream write(Path file) throws IOException {
            return Files.newOutputStream(file, StandardOpenOption.WRITE);
        }

        @Override
        public void force(Path file) throws IOException {
            StandardOpenOption mode = Files.isDirectory(file) ? StandardOpenOption.READ : StandardOpenOption.WRITE;
            try (FileChannel channel = FileChannel.open(file, mode)) {
                channel.force(true);
            }
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            try {
                Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                throw new IOException("Expected a file system that renames atomically, but this one does not", e);
            }
        }
    };

    /** Opens a file that is there and empty. */
    OutputStream write(Path file) throws IOException;

    /** Returns when a file, or what a folder lists, would survive a power failure. */
    void force(Path fileOrFolder) throws IOException;

    /** In one step, over whatever is there. */
    void rename(Path from, Path to) throws IOException;
}
