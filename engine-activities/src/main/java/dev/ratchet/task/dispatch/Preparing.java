package dev.ratchet.task.dispatch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.run.Attempt;
import dev.ratchet.run.Hold;
import dev.ratchet.run.InlineAnswer;
import dev.ratchet.run.TaskError;
import dev.ratchet.run.Value;
import dev.ratchet.task.blob.BlobException;
import dev.ratchet.task.blob.Values;
import dev.ratchet.task.spi.Preparation;
import dev.ratchet.task.spi.TaskExecutor;
import dev.ratchet.task.spi.TaskFailure;
import org.jspecify.annotations.Nullable;

/**
 * Prepares one attempt on the calling thread: what it will cost, or how long it waits.
 *
 * @param allowance bytes of a value that stay in the run until the attempt is made; a larger one is stored
 */
record Preparing(Attempt attempt, TaskExecutor executor, AttemptContext context, Values values, int allowance) {
    InlineAnswer prepare() {
        try {
            context.resolve();
            return answer(executor.prepare(context));
        } catch (Throwable thrown) {
            return rejected(Failures.of(thrown, attempt.key(), context.masking()));
        }
    }

    private InlineAnswer answer(Preparation preparation) throws TaskFailure {
        return switch (preparation) {
            case Preparation.Park park ->
                new InlineAnswer.Parked(
                        attempt.key(), park.waitingFor(), park.delayMs(), park.untilMs(), hold(park.hold()));
            case Preparation.Ready ready ->
                new InlineAnswer.Prepared(attempt.key(), ready.estimate(), keep(ready.payload()));
            case Preparation.Unroll unroll ->
                new InlineAnswer.Unrolled(attempt.key(), unroll.items().size(), keep(unroll.items()));
        };
    }

    private @Nullable Hold hold(@Nullable Hold hold) throws TaskFailure {
        if (hold == null) {
            return null;
        }
        Value fallback = hold.fallback();
        return new Hold(
                keep(hold.assignment()),
                hold.queue(),
                hold.notifyUrl(),
                hold.onDeadline(),
                fallback == null ? null : keep(fallback),
                hold.escalateTo(),
                hold.escalateMs(),
                hold.escalated());
    }

    private Value keep(Value value) throws TaskFailure {
        return value instanceof Value.Inline inline ? keep(inline.json()) : value;
    }

    private Value keep(JsonNode json) throws TaskFailure {
        try {
            return values.keep(context.masking().mask(Carrying.taken(json).json()), allowance)
                    .value();
        } catch (BlobException e) {
            throw e.reason() == BlobException.Reason.TOO_LARGE
                    ? TaskFailure.permanent(ErrorCode.LIMIT_EXCEEDED, e.text())
                    : Failures.of(e);
        }
    }

    private InlineAnswer rejected(TaskFailure failure) {
        TaskError error = Failures.masked(failure.error(), context.masking());
        return new InlineAnswer.Rejected(attempt.key(), error);
    }
}
