package dev.ratchet.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.ratchet.run.Outcome;
import dev.ratchet.run.Value;
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
            return result == null
                    ? new DispatchEnd.Lost(order.dispatch(), LastWord.of(failure))
                    : new DispatchEnd.Returned(order.dispatch(), result);
        }
        if (failure == null) {
            JsonNode given = raw.given() == null ? NullNode.instance : raw.given();
            return new DispatchEnd.Gave(order.dispatch(), call.key(), Value.of(given));
        }
        Outcome.Result result = Elsewhere.result(call.key(), order.timeoutMs(), failure);
        return new DispatchEnd.Settled(
                order.dispatch(),
                new Outcome(call.key(), call.attempt(), call.delivery(), startedAt, now, result, null, false));
    }

    /** What is too large for a signal is stored first; results of the engine's own workers are. */
    static DispatchEnd stored(DispatchEnd end) {
        return switch (end) {
            case DispatchEnd.Gave(long dispatch, var key, Value.Inline(JsonNode json))
            when Carriage.size(json) > Carriage.MAX_INLINE ->
                new DispatchEnd.Gave(dispatch, key, Promises.await(Carriage.store(json)));
            case DispatchEnd.Gave fits -> fits;
            case DispatchEnd.Returned fits -> fits;
            case DispatchEnd.Lost fits -> fits;
            case DispatchEnd.Settled fits -> fits;
        };
    }
}
