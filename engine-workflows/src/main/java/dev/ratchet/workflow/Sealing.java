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
        if (writing == null && state.fillPage(PAGE, PAGE_BYTES)) {
            write();
        }
    }

    /** Writes all full pages and waits for them: what is left is less than one. */
    void finish() {
        await();
        while (state.fillPage(PAGE, PAGE_BYTES)) {
            write();
            await();
        }
    }

    /** Writes what is left, too. */
    void sealAll() {
        await();
        while (!state.unsealed().isEmpty()) {
            write();
            await();
        }
    }

    private void await() {
        if (writing != null) {
            Workflow.await(() -> writing == null);
        }
    }

    private void write() {
        int count = state.pageOf(PAGE, PAGE_BYTES);
        List<TaskRecord> page = new ArrayList<>(count);
        for (TaskKey key : state.unsealed().subList(0, count)) {
            page.add(Objects.requireNonNull(state.task(key)).record());
        }
        long version = page.stream().mapToLong(TaskRecord::version).max().orElse(0);
        writing = Workflow.newUntypedLocalActivityStub(LocalActivityOptions.newBuilder()
                        .setStartToCloseTimeout(TIMEOUT)
                        .setDoNotIncludeArgumentsIntoMarker(true)
                        .setSummary("page " + (pages.size() + 1) + " of settled tasks")
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
