package dev.ratchet.task.blob;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * Looks through a folder of blobs without changing anything, and compares each with its address. One folder of two levels
 * after the other, so that a store of millions of files is never listed at once.
 */
public final class BlobInspection {
    private static final int MOST_NAMED = 100;
    private static final int BEGINNING = 512;

    private final Path root;
    private final long deadline;
    private final LongConsumer progress;
    private final List<Damaged> damaged = new ArrayList<>();
    private long files;
    private long bytes;
    private long lost;
    private boolean whole = true;

    private BlobInspection(Path root, Duration patience, LongConsumer progress) {
        this.root = root;
        this.deadline = System.nanoTime() + patience.toNanos();
        this.progress = progress;
    }

    /**
     * A blob that is not as it was stored.
     *
     * @param size in bytes, as it is now
     * @param kind what it was, as far as its beginning tells
     */
    public record Damaged(Path file, long size, String kind) {}

    /**
     * What was found.
     *
     * @param files that were looked at
     * @param bytes of them
     * @param lost how many of them are damaged; of more than a hundred not all are named
     * @param whole false when patience ended before the store did
     */
    public record Report(long files, long bytes, long lost, List<Damaged> damaged, boolean whole) {
        public Report {
            damaged = List.copyOf(damaged);
        }
    }

    /**
     * Looks at all blobs, or at as many as there is time for.
     *
     * @param progress is told the number of files now and then
     * @throws IOException when the folder cannot be listed
     */
    public static Report of(Path root, Duration patience, LongConsumer progress) throws IOException {
        BlobInspection inspection = new BlobInspection(root, patience, progress);
        inspection.walk(root, 0);
        return new Report(inspection.files, inspection.bytes, inspection.lost, inspection.damaged, inspection.whole);
    }

    private void walk(Path folder, int depth) throws IOException {
        for (Path entry : entries(folder)) {
            if (System.nanoTime() - deadline > 0) {
                whole = false;
                return;
            }
            if (depth == 2) {
                look(entry);
            } else if (isPrefix(entry)) {
                walk(entry, depth + 1);
            }
        }
    }

    private static List<Path> entries(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }

    /** Beside them there are other folders, of what is incoming and of who owns what. */
    private static boolean isPrefix(Path folder) {
        return String.valueOf(folder.getFileName()).matches("[0-9a-f]{2}");
    }

    private void look(Path file) throws IOException {
        if (!String.valueOf(file.getFileName()).matches("[0-9a-f]{64}")) {
            return;
        }
        long size = Files.isRegularFile(file) ? Files.size(file) : 0;
        files++;
        bytes += size;
        progress.accept(files);
        if (!BlobFile.isIntact(file)) {
            lost++;
            if (damaged.size() < MOST_NAMED) {
                damaged.add(new Damaged(root.relativize(file), size, kind(file)));
            }
        }
    }

    /** The first bytes mostly are as they were. */
    private static String kind(Path file) {
        if (Files.exists(file.resolveSibling(file.getFileName() + ".type"))) {
            return "a value that is no JSON";
        }
        String text = beginning(file);
        if (text.startsWith("{\"policy\":{\"maxParallelism\"")) {
            return "a plan";
        }
        if (text.startsWith("[{\"key\":")) {
            return "a page of tasks";
        }
        if (text.startsWith("{") && text.contains("\"tasks\":[")) {
            return "a document";
        }
        return text.startsWith("[{\"op\":") ? "operations of a patch" : "a value";
    }

    private static String beginning(Path file) {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(BEGINNING), StandardCharsets.ISO_8859_1);
        } catch (IOException closed) {
            return "";
        }
    }
}
