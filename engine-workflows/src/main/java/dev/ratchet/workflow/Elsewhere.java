package dev.ratchet.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Intake;
import dev.ratchet.document.Text;
import dev.ratchet.run.Attempt;
import dev.ratchet.run.Outcome;
import dev.ratchet.run.RunCommand;
import dev.ratchet.run.TaskError;
import dev.ratchet.run.TaskKey;
import io.temporal.common.converter.DataConverterException;
import io.temporal.common.converter.RawValue;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TimeoutFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The activities of somebody else's workers, in whatever language: their type, queue and one JSON argument. An attempt is one
 * attempt for Temporal too; the run decides whether there is another.
 */
final class Elsewhere {
    private Elsewhere() {}

    /** @param call what the attempt prepared: the activity's type and its input */
    static DispatchOrder order(String run, RunCommand.External command, JsonNode call) {
        Attempt attempt = command.attempt();
        return new DispatchOrder(
                run,
                command.dispatch(),
                call.path("activity_type").asText(),
                command.timeoutMs(),
                command.taskQueue(),
                command.priority(),
                Text.beginning(attempt.key().toString(), Sending.MAX_SUMMARY),
                new DispatchOrder.Call(attempt.key(), attempt.attempt(), attempt.delivery()));
    }

    static RawValue input(JsonNode call) {
        return new RawValue(Carriage.written(call.path("input")));
    }

    /** What a failure of such an activity means. */
    static Outcome.Result result(TaskKey key, long timeoutMs, @Nullable String taskQueue, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CanceledFailure) {
                return new Outcome.Cancelled();
            }
            if (cause instanceof TimeoutFailure) {
                return new Outcome.Failed(timedOut(key, timeoutMs), true, null);
            }
            if (cause instanceof DataConverterException) {
                return new Outcome.Failed(unreadable(key), false, null);
            }
            if (cause instanceof ApplicationFailure told) {
                Duration delay = told.getNextRetryDelay();
                return new Outcome.Failed(
                        failed(key, taskQueue, told),
                        !told.isNonRetryable(),
                        delay == null ? null : (Long) delay.toMillis());
            }
        }
        return new Outcome.Failed(
                TaskError.of(
                        ErrorCode.EXECUTION_FAILED, "Expected the activity of " + key + " to return, but it failed"),
                true,
                null);
    }

    private static TaskError unreadable(TaskKey key) {
        return TaskError.of(
                ErrorCode.OUTPUT_INVALID,
                "Expected the activity of " + key + " to return JSON, but what it returned cannot be read");
    }

    /** What it returned is nothing that the run can keep. */
    static Outcome.Result unfit(Intake.Refused refused) {
        return new Outcome.Failed(TaskError.of(ErrorCode.OUTPUT_INVALID, refused.reason()), false, null);
    }

    private static TaskError timedOut(TaskKey key, long timeoutMs) {
        return TaskError.of(
                ErrorCode.TIMEOUT,
                "Expected the activity of " + key + " to return within " + timeoutMs
                        + " ms, but it did not; is there a worker on its task queue?");
    }

    /** What the engine's workers offer on its own queue trusts whoever calls it. */
    static Outcome.Result own(TaskKey key) {
        TaskError error = TaskError.of(
                ErrorCode.INVALID_INPUT,
                "Expected the task_queue of a worker of yours for " + key + ", but it is the engine's own");
        return new Outcome.Failed(error, false, null);
    }

    private static TaskError failed(TaskKey key, @Nullable String taskQueue, ApplicationFailure told) {
        return TaskError.of(
                ErrorCode.EXECUTION_FAILED,
                "Expected the activity of " + key + " to return, but "
                        + ToldFailure.of(
                                told.getType(), String.valueOf(told.getOriginalMessage()), String.valueOf(taskQueue)));
    }
}
