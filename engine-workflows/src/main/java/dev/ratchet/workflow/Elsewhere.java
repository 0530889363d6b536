package dev.ratchet.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Intake;
import dev.ratchet.run.Attempt;
import dev.ratchet.run.Outcome;
import dev.ratchet.run.RunCommand;
import dev.ratchet.run.RunInput;
import dev.ratchet.run.TaskError;
import dev.ratchet.run.Value;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.Priority;
import io.temporal.common.RetryOptions;
import io.temporal.common.converter.DataConverterException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TimeoutFailure;
import io.temporal.workflow.ActivityStub;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the activities of somebody else's workers, in whatever language: their type, queue and one JSON argument. An
 * attempt is one attempt for Temporal too; the run decides whether there is another.
 */
final class Elsewhere {
    private final Mailbox mailbox;

    Elsewhere(Mailbox mailbox) {
        this.mailbox = mailbox;
    }

    /** Prepares a start; it begins when the scope is run, and what comes of it lands in the mailbox. */
    CancellationScope start(RunCommand.External command) {
        Attempt attempt = command.attempt();
        JsonNode call = attempt.prepared() instanceof Value.Inline(JsonNode json) ? json : null;
        if (call == null) {
            throw new IllegalStateException("Expected a prepared call of " + attempt.key() + ", but there is none");
        }
        Duration timeout = Duration.ofMillis(command.timeoutMs());
        if (command.taskQueue().equals(Workflow.getInfo().getTaskQueue())) {
            long at = Workflow.currentTimeMillis();
            Outcome.Result refused = new Outcome.Failed(own(command), false, null);
            return Workflow.newCancellationScope(() -> mailbox.put(now -> returned(command, at, now, refused)));
        }
        ActivityOptions.Builder options = ActivityOptions.newBuilder()
                .setTaskQueue(command.taskQueue())
                .setScheduleToCloseTimeout(timeout)
                .setStartToCloseTimeout(timeout)
                .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
                .setCancellationType(ActivityCancellationType.TRY_CANCEL)
                .setSummary(attempt.key().toString());
        if (command.priority() > 0) {
            options.setPriority(
                    Priority.newBuilder().setPriorityKey(command.priority()).build());
        }
        ActivityStub stub = Workflow.newUntypedActivityStub(options.build());
        long startedAt = Workflow.currentTimeMillis();
        return Workflow.newCancellationScope(() -> stub.executeAsync(
                        call.path("activity_type").asText(), JsonNode.class, call.path("input"))
                .handle((result, failure) -> {
                    mailbox.putFromOutside(at -> ended(command, startedAt, at, result, failure));
                    return null;
                }));
    }

    private static RunInput ended(
            RunCommand.External command,
            long startedAt,
            long at,
            @Nullable JsonNode result,
            @Nullable Exception failure) {
        if (failure != null) {
            return returned(command, startedAt, at, result(command, failure));
        }
        return switch (Intake.of(result == null ? NullNode.instance : result)) {
            case Intake.Taken taken ->
                new RunInput.GaveBack(
                        at,
                        command.dispatch(),
                        command.attempt().key(),
                        Value.of(taken.json()),
                        taken.note().isEmpty() ? null : taken.note());
            case Intake.Refused refused ->
                returned(command, startedAt, at, new Outcome.Failed(unfit(refused), false, null));
        };
    }

    private static RunInput returned(RunCommand.External command, long startedAt, long at, Outcome.Result result) {
        Attempt attempt = command.attempt();
        Outcome outcome =
                new Outcome(attempt.key(), attempt.attempt(), attempt.delivery(), startedAt, at, result, null, false);
        return new RunInput.Returned(at, command.dispatch(), List.of(outcome), List.of(), List.of());
    }

    private static Outcome.Result result(RunCommand.External command, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CanceledFailure) {
                return new Outcome.Cancelled();
            }
            if (cause instanceof TimeoutFailure) {
                return new Outcome.Failed(timedOut(command), true, null);
            }
            if (cause instanceof DataConverterException) {
                return new Outcome.Failed(unreadable(command), false, null);
            }
            if (cause instanceof ApplicationFailure told) {
                Duration delay = told.getNextRetryDelay();
                return new Outcome.Failed(
                        failed(command, told), !told.isNonRetryable(), delay == null ? null : (Long) delay.toMillis());
            }
        }
        return new Outcome.Failed(
                TaskError.of(
                        ErrorCode.EXECUTION_FAILED,
                        "Expected the activity of " + command.attempt().key() + " to return, but it failed"),
                true,
                null);
    }

    private static TaskError unreadable(RunCommand.External command) {
        return TaskError.of(
                ErrorCode.OUTPUT_INVALID,
                "Expected the activity of " + command.attempt().key()
                        + " to return JSON, but what it returned cannot be read");
    }

    private static TaskError unfit(Intake.Refused refused) {
        return TaskError.of(ErrorCode.OUTPUT_INVALID, refused.reason());
    }

    private static TaskError timedOut(RunCommand.External command) {
        return TaskError.of(
                ErrorCode.TIMEOUT,
                "Expected the activity of " + command.attempt().key() + " to return within " + command.timeoutMs()
                        + " ms, but it did not; is there a worker on its task queue?");
    }

    /** What the engine's workers offer there trusts whoever calls it. */
    private static TaskError own(RunCommand.External command) {
        return TaskError.of(
                ErrorCode.INVALID_INPUT,
                "Expected the task_queue of a worker of yours for "
                        + command.attempt().key() + ", but it is the engine's own");
    }

    private static TaskError failed(RunCommand.External command, ApplicationFailure told) {
        return TaskError.of(
                ErrorCode.EXECUTION_FAILED,
                "Expected the activity of " + command.attempt().key() + " to return, but "
                        + ToldFailure.of(
                                told.getType(), String.valueOf(told.getOriginalMessage()), command.taskQueue()));
    }
}
