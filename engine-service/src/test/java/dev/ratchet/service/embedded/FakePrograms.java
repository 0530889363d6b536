package dev.ratchet.service.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Small shell scripts in place of the foreign programs that a host may have. */
final class FakePrograms {
    private FakePrograms() {}

    /** A CLI that knows its version and nothing else. */
    static Path temporal(Path folder, String serverVersion) throws IOException {
        return script(folder.resolve("temporal"), banner(serverVersion));
    }

    /** A Go that installs such a CLI. */
    static Path go(Path folder, String version, String serverVersion) throws IOException {
        return script(folder.resolve("go"), """
                if [ "$1" = version ]; then echo "go version go%s linux/amd64"; exit; fi
                [ "$GOFLAGS" = -trimpath ] || { echo "no -trimpath"; exit 1; }
                printf '#!/bin/sh\\n%%s\\n' '%s' > "$GOBIN/temporal"
                chmod +x "$GOBIN/temporal"
                """.formatted(version, banner(serverVersion)));
    }

    static Path script(Path file, String body) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String banner(String serverVersion) {
        return "echo \"temporal version 1.5.1 (Server " + serverVersion + ", UI 2.42.1)\"";
    }
}
