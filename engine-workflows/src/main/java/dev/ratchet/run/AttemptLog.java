package dev.ratchet.run;

import dev.ratchet.document.Text;
import java.util.ArrayList;
import java.util.List;

/**
 * What is kept of a task's attempts: of ten thousand attempts (the most there may be) the last hundred, and of errors that
 * were tried again the beginning. It travels with the task, to every reader and into the next execution.
 */
final class AttemptLog {
    static final int MOST = 100;

    /** Characters of an error that another attempt has followed. */
    static final int MOST_OF_EARLIER = 300;

    private AttemptLog() {}

    static List<TaskRecord.AttemptRecord> with(List<TaskRecord.AttemptRecord> log, TaskRecord.AttemptRecord attempt) {
        List<TaskRecord.AttemptRecord> longer =
                new ArrayList<>(log.subList(Math.max(0, log.size() + 1 - MOST), log.size()));
        if (!longer.isEmpty()) {
            longer.add(brief(longer.removeLast()));
        }
        longer.add(attempt);
        return List.copyOf(longer);
    }

    private static TaskRecord.AttemptRecord brief(TaskRecord.AttemptRecord earlier) {
        TaskError error = earlier.error();
        return error == null
                ? earlier
                : new TaskRecord.AttemptRecord(
                        earlier.attempt(),
                        earlier.deliveries(),
                        earlier.lost(),
                        earlier.startedAt(),
                        earlier.endedAt(),
                        earlier.state(),
                        new TaskError(error.code(), Text.cut(error.message(), MOST_OF_EARLIER), null),
                        earlier.usage());
    }
}
