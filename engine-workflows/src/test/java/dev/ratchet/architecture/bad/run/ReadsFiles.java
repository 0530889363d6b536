package dev.ratchet.architecture.bad.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads what the next replay may not find. */
public final class ReadsFiles {
    public String read() throws IOException {
        return Files.readString(Path.of("plan.json"));
    }
}
