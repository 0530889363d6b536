package dev.ratchet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The stored values of an engine as files: found by what is in them, damaged, and mended. */
record StoredFiles(Path root) {
    /** A damaged file, and what was in it. */
    record Damaged(Path file, byte[] content) {
        String ref() {
            return file.getFileName().toString();
        }

        void mend() {
            try {
                if (Files.isDirectory(file)) {
                    Files.delete(file);
                }
                Files.write(file, content);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    /** What happens to a file. */
    enum Fault {
        FLIPPED,
        CUT,
        MISSING,
        CLOSED
    }

    /** Strikes the only file of JSON of which that is true and that has the text in it. */
    Damaged strike(Fault fault, String text, Predicate<JsonNode> wanted) {
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> found = files.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().length() == 64)
                    .filter(file -> !file.toString().contains("owned"))
                    .filter(file -> holds(file, text, wanted))
                    .toList();
            assertThat(found).as(text).hasSize(1);
            return strike(fault, found.getFirst());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static boolean holds(Path file, String text, Predicate<JsonNode> wanted) {
        try {
            String content = Files.readString(file);
            return content.contains(text) && wanted.test(Json.read(content, JsonNode.class));
        } catch (IOException | UncheckedIOException damaged) {
            return false;
        }
    }

    private static Damaged strike(Fault fault, Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        switch (fault) {
            case FLIPPED -> {
                byte[] flipped = content.clone();
                flipped[content.length / 2] ^= 1;
                Files.write(file, flipped);
            }
            case CUT -> Files.write(file, java.util.Arrays.copyOf(content, content.length / 2));
            case MISSING -> Files.delete(file);
            case CLOSED -> {
                Files.delete(file);
                Files.createDirectory(file);
            }
        }
        return new Damaged(file, content);
    }
}
