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
 * Moves settled tasks into numbered blob pages of at most 1,000 tasks and 512 KB, so that neither a query nor the result nor
 * continue-as-new ever carries all of a large run.
 */
final class Sealing {
    static final int PAGE = 1_000;
    static final long PAGE_BYTES = 512 * 1024;
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
        if (writing == null && state.fillPage(PAGE, PAGE_BYTES)) {
            write();
        }
    }

    /** Begins to write what is left, page by page; false when nothing is. */
    boolean isSealingRest() {
        note();
        if (writing == null && !state.unsealed().isEmpty()) {
            write();
        }
        return writing != null;
    }

    /** Whether the page that is being written is. */
    boolean isWritten() {
        return writing == null || writing.isCompleted();
    }

    /** Writes all full pages and waits for them: what is left is less than one. */
    void finish() {
        await();
        while (state.fillPage(PAGE, PAGE_BYTES)) {
            write();
            await();
        }
    }

    private void await() {
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

    private void write() {
        int count = state.pageOf(PAGE, PAGE_BYTES);
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
                        .setSummary("page " + (pages.size() + 1) + " of settled tasks")
                        .build())
                .executeAsync(InlineActivity.SEAL, String.class, page);
        writing.handle((ref, failure) -> {
            mailbox.wake();
            return ref;
        });
    }
}
