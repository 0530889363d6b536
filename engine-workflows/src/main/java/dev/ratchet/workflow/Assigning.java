package dev.ratchet.workflow;

import dev.ratchet.document.ErrorCode;
import dev.ratchet.run.RunCommand;
import dev.ratchet.run.RunContext;
import dev.ratchet.run.RunInput;
import dev.ratchet.run.TaskError;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ApplicationFailure;
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
    private int withdrawals;

    Assigning(RunContext run, Mailbox mailbox) {
        this.run = run;
        this.mailbox = mailbox;
    }

    /** What comes of it lands in the mailbox. */
    void announce(RunCommand.Announce command) {
        stub(command.key() + " waits for an answer")
                .executeAsync(
                        AssignmentActivity.ANNOUNCE,
                        Void.class,
                        new AssignmentActivity.Job(
                                run, command.key(), command.attempt(), command.hold(), command.dueAt()))
                .handle((done, failure) -> {
                    TaskError error = failure == null ? null : error(failure);
                    mailbox.putFromOutside(at -> new RunInput.Announced(at, command.key(), command.attempt(), error));
                    return null;
                });
    }

    /** Nobody waits for it: whoever has the assignment learns the truth when they answer. */
    void withdraw(RunCommand.Withdraw command) {
        withdrawals++;
        stub(command.key() + " waits no more")
                .executeAsync(
                        AssignmentActivity.WITHDRAW,
                        Void.class,
                        new AssignmentActivity.Job(run, command.key(), command.attempt(), null, null),
                        command.queue())
                .handle((done, failure) -> {
                    withdrawals--;
                    return null;
                });
    }

    /** Waits until all withdrawals are done; false when the time was over before. */
    boolean settle(long deadline) {
        if (withdrawals == 0) {
            return true;
        }
        long left = deadline - Workflow.currentTimeMillis();
        return left > 0 && Workflow.await(Duration.ofMillis(left), () -> withdrawals == 0);
    }

    private static ActivityStub stub(String summary) {
        return Workflow.newUntypedActivityStub(ActivityOptions.newBuilder()
                .setStartToCloseTimeout(ONE_TRY)
                .setScheduleToCloseTimeout(ALL_TRIES)
                .setRetryOptions(RetryOptions.newBuilder()
                        .setMaximumInterval(LONGEST_PAUSE)
                        .build())
                .setSummary(summary)
                .build());
    }

    private static TaskError error(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ApplicationFailure told) {
                String message = told.getOriginalMessage();
                return TaskError.of(code(told.getType()), message == null ? "Expected to tell somebody" : message);
            }
        }
        return TaskError.of(
                ErrorCode.EXECUTION_FAILED, "Expected to tell whoever is to answer within a day, but it failed");
    }

    /** Workers name the error code in the failure's type. */
    private static ErrorCode code(@Nullable String type) {
        for (ErrorCode code : ErrorCode.values()) {
            if (code.wire().equals(type)) {
                return code;
            }
        }
        return ErrorCode.EXECUTION_FAILED;
    }
}
