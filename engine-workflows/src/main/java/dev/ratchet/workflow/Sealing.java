package dev.ratchet.workflow;

import dev.ratchet.run.RunState;
import dev.ratchet.run.TaskKey;
import dev.ratchet.run.TaskRecord;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Moves settled tasks into numbered blob pages of 1,000, so that neither a query nor continue-as-new ever carries all of a
 * large run.
 */
final class Sealing {
    static final int PAGE = 1_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final RunState state;
    private final Mailbox mailbox;
    private final List<Snapshot.Page> pages = new ArrayList<>();
    private @Nullable Promise<String> writing;
    private List<TaskRecord> page = List.of();

    Sealing(RunState state, Mailbox mailbox) {
        this.state = state;
        this.mailbox = mailbox;
    }

    void restore(List<Snapshot.Page> earlier) {
        pages.addAll(earlier);
    }

    List<Snapshot.Page> pages() {
        return List.copyOf(pages);
    }

    /** Begins to write a page when one is full; one at a time, and nobody waits for it. */
    void sealFullPages() {
        note();
        if (writing == null && state.unsealed().size() >= PAGE) {
            write(PAGE);
        }
    }

    /** Begins to write what is left, page by page; false when nothing is. */
    boolean isSealingRest() {
        note();
        if (writing == null && !state.unsealed().isEmpty()) {
            write(Math.min(PAGE, state.unsealed().size()));
        }
        return writing != null;
    }

    /** Whether the page that is being written is. */
    boolean isWritten() {
        return writing == null || writing.isCompleted();
    }

    /** Waits for the page that is being written. */
    void finish() {
        Promise<String> open = writing;
        if (open != null) {
            Workflow.await(open::isCompleted);
            note();
        }
    }

    /** Takes note of the page that is written: here, and not in the promise's callback, where a failure would be lost. */
    private void note() {
        if (writing != null && writing.isCompleted()) {
            pages.add(new Snapshot.Page(Promises.read(writing), version(page), page.size()));
            state.seal(page);
            writing = null;
            page = List.of();
        }
    }

    private static long version(List<TaskRecord> page) {
        return page.stream().mapToLong(TaskRecord::version).max().orElse(0);
    }

    private void write(int count) {
        List<TaskRecord> records = new ArrayList<>(count);
        for (TaskKey key : state.unsealed().subList(0, count)) {
            records.add(Objects.requireNonNull(state.task(key)).record());
        }
        page = List.copyOf(records);
        writing = Workflow.newUntypedLocalActivityStub(LocalActivityOptions.newBuilder()
                        .setStartToCloseTimeout(TIMEOUT)
                        .setLocalRetryThreshold(Carriage.LOCAL_PAUSE)
                        .setRetryOptions(Carriage.TRY_ON)
                        .setDoNotIncludeArgumentsIntoMarker(true)
                        .setSummary("tasks " + pages.size() * PAGE + " and on")
                        .build())
                .executeAsync(InlineActivity.SEAL, String.class, page);
        writing.handle((ref, failure) -> {
            mailbox.wake();
            return ref;
        });
    }
}
