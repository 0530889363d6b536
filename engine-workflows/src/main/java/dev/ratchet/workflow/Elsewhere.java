package dev.ratchet.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Excerpt;
import dev.ratchet.document.Intake;
import dev.ratchet.document.Weight;
import dev.ratchet.run.Attempt;
import dev.ratchet.run.Outcome;
import dev.ratchet.run.RunCommand;
import dev.ratchet.run.RunInput;
import dev.ratchet.run.TaskError;
import dev.ratchet.run.Value;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.api.enums.v1.TimeoutType;
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
    private final Carriage carriage;

    Elsewhere(Mailbox mailbox, Carriage carriage) {
        this.mailbox = mailbox;
        this.carriage = carriage;
    }

    /** A start that begins when its scope is run, and the bytes that it sends. */
    record Start(CancellationScope scope, long weight) {}

    /** Prepares a start; what comes of it lands in the mailbox. A call that was too large to wait in the run is read here. */
    Start start(RunCommand.External command) {
        Attempt attempt = command.attempt();
        Value prepared = attempt.prepared();
        if (prepared == null) {
            throw new IllegalStateException("Expected a prepared call of " + attempt.key() + ", but there is none");
        }
        JsonNode call = carriage.unpack(prepared, JsonNode.class);
        Duration timeout = Duration.ofMillis(command.timeoutMs());
        ActivityOptions.Builder options = ActivityOptions.newBuilder()
                .setTaskQueue(command.taskQueue())
                .setScheduleToStartTimeout(timeout)
                .setScheduleToCloseTimeout(timeout)
                .setStartToCloseTimeout(timeout)
                .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
                .setCancellationType(ActivityCancellationType.TRY_CANCEL)
                .setSummary(Excerpt.of(attempt.key().toString(), Sending.MAX_SUMMARY));
        if (command.priority() > 0) {
            options.setPriority(
                    Priority.newBuilder().setPriorityKey(command.priority()).build());
        }
        ActivityStub stub = Workflow.newUntypedActivityStub(options.build());
        long startedAt = Workflow.currentTimeMillis();
        CancellationScope scope = Workflow.newCancellationScope(() -> stub.executeAsync(
                        call.path("activity_type").asText(), JsonNode.class, call.path("input"))
                .handle((result, failure) -> {
                    mailbox.putFromOutside(at -> ended(command, startedAt, at, result, failure));
                    return null;
                }));
        return new Start(scope, Weight.of(call));
    }

    private static RunInput ended(
            RunCommand.External command,
            long startedAt,
            long at,
            @Nullable JsonNode result,
            @Nullable Exception failure) {
        if (failure != null) {
            boolean hasBegun = LostWorker.timeout(failure) != TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START;
            return returned(command, startedAt, at, result(command, failure), hasBegun);
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
                returned(command, startedAt, at, new Outcome.Failed(unfit(refused), false, null), true);
        };
    }

    /** @param hasBegun whether somebody may have begun with it: then nobody knows what it cost */
    private static RunInput returned(
            RunCommand.External command, long startedAt, long at, Outcome.Result result, boolean hasBegun) {
        Attempt attempt = command.attempt();
        Outcome outcome = new Outcome(
                attempt.key(), attempt.attempt(), attempt.delivery(), startedAt, at, result, null, false, hasBegun);
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

    private static TaskError failed(RunCommand.External command, ApplicationFailure told) {
        return TaskError.of(
                ErrorCode.EXECUTION_FAILED,
                "Expected the activity of " + command.attempt().key() + " to return, but " + told.getType() + ": "
                        + told.getOriginalMessage());
    }
}
