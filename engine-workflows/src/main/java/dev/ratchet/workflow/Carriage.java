package dev.ratchet.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.run.Value;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.unsafe.WorkflowUnsafe;
import java.time.Duration;

/**
 * How a run's state gets into its next execution: in the input while it is small, else as a blob. The server refuses inputs
 * above 2 MB, which ten thousand tasks come to.
 */
final class Carriage {
    private static final int MAX_INLINE = 128 * 1024;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private Carriage() {}

    /** Stores what is too large and waits for it. */
    static Value pack(CarriedLoop loop) {
        JsonNode state = Json.tree(loop);
        if (state.toString().length() <= MAX_INLINE) {
            return Value.of(state);
        }
        return Workflow.newUntypedLocalActivityStub(LocalActivityOptions.newBuilder()
                        .setStartToCloseTimeout(TIMEOUT)
                        .setDoNotIncludeArgumentsIntoMarker(true)
                        .setSummary("state of the run")
                        .build())
                .execute(InlineActivity.CARRY, Value.class, state);
    }

    static CarriedLoop unpack(Value carried, PlanSource stored) {
        return WorkflowUnsafe.deadlockDetectorOff(() -> {
            JsonNode state = switch (carried) {
                case Value.Inline inline -> inline.json();
                case Value.Stored blob -> stored.carried(blob.ref());
            };
            return Json.mapper().convertValue(state, CarriedLoop.class);
        });
    }
}
