package dev.ratchet.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A library that puts the wall clock of a process off, made on the host by its C compiler. */
record ClockShim(Path library) {
    /** Empty where there is no compiler, or what it makes is not for Linux. */
    static Optional<ClockShim> make(Path folder) {
        Path source = folder.resolve("clock.c");
        Path library = folder.resolve("clock.so");
        if (!System.getProperty("os.name").equals("Linux")) {
            return Optional.empty();
        }
        try (InputStream in = Objects.requireNonNull(ClockShim.class.getResourceAsStream("/chaos/clock.c"))) {
            Files.copy(in, source);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        try {
            Signal.run("the clock", "cc", "-shared", "-fPIC", "-O1", "-o", library.toString(), source.toString());
            return Optional.of(new ClockShim(library));
        } catch (IllegalStateException noCompiler) {
            return Optional.empty();
        }
    }

    /** For a process whose clock is off by that. */
    Map<String, String> environment(long seconds) {
        return Map.of("LD_PRELOAD", library.toString(), "RATCHET_TEST_CLOCK_OFF", Long.toString(seconds));
    }
}
