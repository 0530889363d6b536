package dev.ratchet.service.cli;

import dev.ratchet.task.blob.BlobInspection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/** What the doctor says of stored values: whether each is still what it was, for a bit that turns on a disk tells nobody. */
final class StoredValues {
    private static final String SUBJECT = "blobs";
    private static final int MOST_SHOWN = 20;

    private StoredValues() {}

    /**
     * Reads all of them, or as many as there is time for.
     *
     * @param progress is told how many were read
     */
    static Finding examine(Path folder, Duration patience, LongConsumer progress) {
        try {
            return finding(folder, BlobInspection.of(folder, patience, progress));
        } catch (IOException unreadable) {
            return Finding.problem(
                    SUBJECT, folder + " cannot be read: " + unreadable.getMessage(), "let this user read the folder");
        }
    }

    private static Finding finding(Path folder, BlobInspection.Report report) {
        String seen = "%d stored values (%.1f MB) in %s".formatted(report.files(), report.bytes() / 1e6, folder);
        if (report.lost() > 0) {
            return Finding.problem(
                    SUBJECT,
                    "%d damaged of %s%s%n%s".formatted(report.lost(), seen, rest(report), list(report)),
                    "put these files back from a backup; until then runs are told without them (storage_damaged)");
        }
        return report.whole()
                ? Finding.ok(SUBJECT, seen + ", all sound")
                : Finding.note(SUBJECT, seen + " looked at" + rest(report), "look at all of them with --all-blobs");
    }

    private static String rest(BlobInspection.Report report) {
        return report.whole() ? "" : ", not all of them for want of time";
    }

    private static String list(BlobInspection.Report report) {
        String shown = report.damaged().stream()
                .limit(MOST_SHOWN)
                .map(damaged ->
                        " ".repeat(22) + "%s, %d bytes, %s".formatted(damaged.file(), damaged.size(), damaged.kind()))
                .collect(Collectors.joining(System.lineSeparator()));
        long more = report.lost() - Math.min(MOST_SHOWN, report.damaged().size());
        return more == 0 ? shown : shown + System.lineSeparator() + " ".repeat(22) + "and " + more + " more";
    }
}
