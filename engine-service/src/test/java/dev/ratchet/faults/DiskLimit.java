package dev.ratchet.faults;

import java.nio.file.Files;
import java.nio.file.Path;

/** A disk that is full for one process: it may write no file any more, and whatever it tries fails. */
final class DiskLimit {
    private static final Path PROGRAM = Path.of("/usr/bin/prlimit");

    private DiskLimit() {}

    static boolean isThere() {
        return Files.isExecutable(PROGRAM);
    }

    static void fill(JvmProcess process) {
        limit(process, "0");
    }

    static void free(JvmProcess process) {
        limit(process, "unlimited");
    }

    private static void limit(JvmProcess process, String bytes) {
        Signal.run(process.name(), PROGRAM.toString(), "--pid", Long.toString(process.pid()), "--fsize=" + bytes + ":");
    }
}
