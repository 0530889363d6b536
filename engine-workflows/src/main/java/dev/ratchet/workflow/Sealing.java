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
        if (writing == null && state.unsealed().size() >= PAGE) {
            write(PAGE);
        }
    }

    /** Writes what is left and waits for it. */
    void sealAll() {
        finish();
        while (!state.unsealed().isEmpty()) {
            write(Math.min(PAGE, state.unsealed().size()));
            finish();
        }
    }

    /** Waits for the page that is being written. */
    void finish() {
        if (writing != null) {
            Workflow.await(() -> writing == null);
        }
    }

    private void write(int count) {
        List<TaskRecord> page = new ArrayList<>(count);
        for (TaskKey key : state.unsealed().subList(0, count)) {
            page.add(Objects.requireNonNull(state.task(key)).record());
        }
        long version = page.stream().mapToLong(TaskRecord::version).max().orElse(0);
        writing = Workflow.newUntypedLocalActivityStub(LocalActivityOptions.newBuilder()
                        .setStartToCloseTimeout(TIMEOUT)
                        .setDoNotIncludeArgumentsIntoMarker(true)
                        .setSummary("tasks " + pages.size() * PAGE + " and on")
                        .build())
                .executeAsync(InlineActivity.SEAL, String.class, page);
        writing.thenApply(ref -> {
            pages.add(new Snapshot.Page(ref, version, count));
            state.seal(page);
            writing = null;
            mailbox.wake();
            return ref;
        });
    }
}
