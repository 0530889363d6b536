package dev.ratchet.workflow;

import dev.ratchet.document.Text;
import dev.ratchet.run.RunInput;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One durable timer for the earliest of all due times. A timer that turns out to be early is let fire: it harms nobody. */
final class DueTimer {
    private final Mailbox mailbox;
    private @Nullable Long firesAt;
    private @Nullable CancellationScope scope;

    DueTimer(Mailbox mailbox) {
        this.mailbox = mailbox;
    }

    /** Sees to it that the loop wakes up at {@code due}, absent when no time matters. */
    void ensure(@Nullable Long due, long now, String why) {
        if (due == null || (firesAt != null && firesAt <= due)) {
            return;
        }
        if (scope != null) {
            scope.cancel("an earlier time matters now");
        }
        long fires = Math.max(due, now + 1);
        firesAt = fires;
        CancellationScope timer = Workflow.newCancellationScope(() -> Workflow.newTimer(
                        Duration.ofMillis(fires - now),
                        TimerOptions.newBuilder()
                                .setSummary(Text.cut(why, Sending.MAX_SUMMARY))
                                .build())
                .handle((done, cancelled) -> {
                    if (cancelled == null) {
                        firesAt = null;
                        mailbox.putFromOutside(RunInput.Elapsed::new);
                    }
                    return null;
                }));
        scope = timer;
        timer.run();
    }
}
