package dev.ratchet.workflow;

import dev.ratchet.document.Text;
import dev.ratchet.document.Weight;
import dev.ratchet.run.RunCommand;
import dev.ratchet.run.RunContext;
import dev.ratchet.run.RunInput;
import dev.ratchet.run.TaskError;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.ActivityStub;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Has agents and people told of what waits for them. */
final class Assigning {
    private static final Duration ONE_TRY = Duration.ofSeconds(40);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final Duration ALL_TRIES = Duration.ofHours(24);

    private final RunContext run;
    private final Mailbox mailbox;
    private final Window announcements;
    private final Window withdrawals;

    Assigning(RunContext run, Mailbox mailbox, Turn turn) {
        this.run = run.named();
        this.mailbox = mailbox;
        this.announcements = new Window(500, turn, mailbox);
        this.withdrawals = new Window(200, turn, mailbox);
    }

    /** What comes of it lands in the mailbox. */
    void announce(RunCommand.Announce command) {
        AssignmentActivity.Job job =
                new AssignmentActivity.Job(run, command.key(), command.attempt(), command.hold(), command.dueAt());
        announcements.add(
                Weight.of(job),
                () -> stub(command.key() + " waits for an answer")
                        .executeAsync(AssignmentActivity.ANNOUNCE, Void.class, job)
                        .handle((done, failure) -> {
                            mailbox.putFromOutside(at -> announced(at, command, failure));
                            return null;
                        }));
    }

    private static RunInput announced(long at, RunCommand.Announce command, @Nullable Exception failure) {
        TaskError error = failure == null
                ? null
                : ActivityErrors.of(failure, "Expected to tell whoever is to answer within a day, but it failed");
        return new RunInput.Announced(at, command.key(), command.attempt(), error);
    }

    /** Nobody waits for it: whoever has the assignment learns the truth when they answer. */
    void withdraw(RunCommand.Withdraw command) {
        AssignmentActivity.Job job = new AssignmentActivity.Job(run, command.key(), command.attempt(), null, null);
        withdrawals.add(
                Weight.of(job),
                () -> stub(command.key() + " waits no more")
                        .executeAsync(AssignmentActivity.WITHDRAW, Void.class, job, command.queue()));
    }

    /** Sends what there is room for by now. */
    void goOn() {
        announcements.fill();
        withdrawals.fill();
    }

    /** Whether something only waits for another turn. */
    boolean isHeldUp() {
        return announcements.isHeldUp() || withdrawals.isHeldUp();
    }

    /** Whether all that is to be withdrawn is on its way. */
    boolean hasSaid() {
        return withdrawals.isEmpty();
    }

    /** Whether all that was to be withdrawn is. */
    boolean isSettled() {
        return withdrawals.isIdle();
    }

    private static ActivityStub stub(String summary) {
        return Workflow.newUntypedActivityStub(ActivityOptions.newBuilder()
                .setStartToCloseTimeout(ONE_TRY)
                .setScheduleToCloseTimeout(ALL_TRIES)
                .setRetryOptions(RetryOptions.newBuilder()
                        .setMaximumInterval(LONGEST_PAUSE)
                        .build())
                .setSummary(Text.cut(summary, Sending.MAX_SUMMARY))
                .build());
    }
}
