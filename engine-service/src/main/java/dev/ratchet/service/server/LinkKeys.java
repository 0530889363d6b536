package dev.ratchet.service.server;

import dev.ratchet.service.config.RatchetConfig;
import dev.ratchet.task.assignment.LinkKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The key of links by which people decide: the configured one, or one that an embedded engine makes for itself. */
final class LinkKeys {
    private static final int BYTES = 32;

    private LinkKeys() {}

    /** Absent when nothing is configured: processes of a deployment would each have another. */
    static @Nullable LinkKey configured(RatchetConfig config) {
        return config.answering().linkKey().map(LinkKey::new).orElse(null);
    }

    /** Kept in the data folder, so that links outlive restarts. */
    static LinkKey ofThisMachine(RatchetConfig config) {
        LinkKey configured = configured(config);
        return configured == null ? new LinkKey(kept(config.storage().data().resolve("link.key"))) : configured;
    }

    private static String kept(Path file) {
        try {
            if (!Files.exists(file)) {
                make(file);
            }
            return Files.readString(file).strip();
        } catch (IOException unusable) {
            throw new UncheckedIOException("Expected to read or make " + file + ", but " + unusable, unusable);
        }
    }

    private static void make(Path file) throws IOException {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        try {
            if (posix) {
                var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
                Files.createFile(file, ownerOnly);
            }
            Files.writeString(
                    file,
                    HexFormat.of().formatHex(key),
                    posix ? StandardOpenOption.WRITE : StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException another) {
            throw new IOException("somebody else makes it at the same time", another);
        }
    }
}
