package dev.ratchet.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.ratchet.document.Intake;
import dev.ratchet.document.Weight;
import dev.ratchet.run.Outcome;
import dev.ratchet.run.Value;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.common.converter.RawValue;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import org.jspecify.annotations.Nullable;

/** Starts the activity of a dispatch and reads how it ended: the same for a run and for a dispatch that goes on without it. */
final class DispatchEnds {
    private DispatchEnds() {}

    /** What came back, not yet read: one of the three at most. */
    record Raw(
            @Nullable RawValue result,
            @Nullable JsonNode given,
            @Nullable Exception failure) {}

    /** Never fails; cancelled with the scope that it is called in. */
    static Promise<Raw> start(DispatchOrder order, RawValue input) {
        var stub = Workflow.newUntypedActivityStub(order.options());
        return order.call() == null
                ? stub.executeAsync(order.activity(), RawValue.class, input)
                        .handle((result, failure) -> new Raw(result, null, failure))
                : stub.executeAsync(order.activity(), JsonNode.class, input)
                        .handle((given, failure) -> new Raw(null, given, failure));
    }

    /**
     * Reads it.
     *
     * @throws RuntimeException when it cannot be read, which fails the workflow task
     */
    static DispatchEnd of(DispatchOrder order, long startedAt, long now, Raw raw) {
        DispatchOrder.Call call = order.call();
        Exception failure = raw.failure();
        if (call == null) {
            DispatchResult result = failure == null ? Promises.read(raw.result(), DispatchResult.class) : null;
            return result == null ? without(order, failure) : new DispatchEnd.Returned(order.dispatch(), result);
        }
        if (failure != null) {
            boolean hasBegun = LostWorker.timeout(failure) != TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START;
            Outcome.Result result = Elsewhere.result(call.key(), order.timeoutMs(), order.taskQueue(), failure);
            return settled(order, call, startedAt, now, result, hasBegun);
        }
        return switch (Intake.of(raw.given() == null ? NullNode.instance : raw.given())) {
            case Intake.Taken taken ->
                new DispatchEnd.Gave(
                        order.dispatch(),
                        call.key(),
                        Value.of(taken.json()),
                        taken.note().isEmpty() ? null : taken.note());
            case Intake.Refused refused -> settled(order, call, startedAt, now, Elsewhere.unfit(refused), true);
        };
    }

    private static DispatchEnd without(DispatchOrder order, @Nullable Exception failure) {
        TimeoutType timeout = LostWorker.timeout(failure);
        boolean begun = timeout == TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_CLOSE;
        return begun || timeout == TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START
                ? new DispatchEnd.Untaken(order.dispatch(), begun)
                : new DispatchEnd.Lost(order.dispatch(), LastWord.of(failure), LostWorker.why(failure));
    }

    /** @param hasBegun whether somebody may have begun with it: then nobody knows what it cost */
    private static DispatchEnd settled(
            DispatchOrder order,
            DispatchOrder.Call call,
            long startedAt,
            long now,
            Outcome.Result result,
            boolean hasBegun) {
        return new DispatchEnd.Settled(
                order.dispatch(),
                new Outcome(
                        call.key(), call.attempt(), call.delivery(), startedAt, now, result, null, false, hasBegun));
    }

    /** What is too large for a signal is stored first; results of the engine's own workers are. */
    static DispatchEnd stored(DispatchEnd end) {
        return switch (end) {
            case DispatchEnd.Gave(long dispatch, var key, Value.Inline(JsonNode json), var note)
            when Weight.of(json) > Carriage.MAX_INLINE ->
                new DispatchEnd.Gave(dispatch, key, Promises.await(Carriage.store(json)), note);
            case DispatchEnd.Gave fits -> fits;
            case DispatchEnd.Returned fits -> fits;
            case DispatchEnd.Lost fits -> fits;
            case DispatchEnd.Settled fits -> fits;
            case DispatchEnd.Untaken fits -> fits;
        };
    }
}
