package dev.ratchet.workflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.ratchet.document.Json;
import dev.ratchet.document.Weight;
import dev.ratchet.run.CarriedRun;
import dev.ratchet.run.Value;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.RetryOptions;
import io.temporal.common.converter.EncodingKeys;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.unsafe.WorkflowUnsafe;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * How what is large gets through the server, which refuses more than 2 MB in one piece and 4 MB at once: as a blob, of which
 * the reference travels. Content-addressed, so what is read is the same at every replay.
 */
public final class Carriage {
    /** Bytes of JSON that travel as they are; from here on the server warns. */
    public static final int MAX_INLINE = 256 * 1024;

    /** Bytes of a state that are stored as one. A blob holds 64 MB, and writing that much would take too long at once. */
    static final long PIECE = 8L * 1024 * 1024;

    private static final String RUN = "run";
    private static final String TASKS = "tasks";
    private static final String PIECES = "pieces";
    private static final ByteString JSON = ByteString.copyFromUtf8("json/plain");
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** Longer pauses between tries end the workflow task, so that signals are read meanwhile. */
    static final Duration LOCAL_PAUSE = Duration.ofMillis(500);

    /** A store that is away comes back. The SDK tries local activities again only when it is told how often. */
    static final RetryOptions TRY_ON = RetryOptions.newBuilder()
            .setInitialInterval(Duration.ofSeconds(1))
            .setMaximumInterval(Duration.ofSeconds(20))
            .setMaximumAttempts(Integer.MAX_VALUE)
            .build();

    private final PlanSource stored;

    Carriage(PlanSource stored) {
        this.stored = stored;
    }

    /** A value written as the engine's data converter would write it, so that its size is known before it travels. */
    static Payload written(Object value) {
        try {
            return Payload.newBuilder()
                    .putMetadata(EncodingKeys.METADATA_ENCODING_KEY, JSON)
                    .setData(UnsafeByteOperations.unsafeWrap(Json.mapper().writeValueAsBytes(value)))
                    .build();
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /**
     * Stores what is to travel, for as long as it takes. Whoever has signals to read does not wait for it alone: a store may
     * be away.
     */
    static Promise<Value.Stored> store(Object load) {
        return Workflow.newUntypedLocalActivityStub(LocalActivityOptions.newBuilder()
                        .setStartToCloseTimeout(TIMEOUT)
                        .setLocalRetryThreshold(LOCAL_PAUSE)
                        .setRetryOptions(TRY_ON)
                        .setDoNotIncludeArgumentsIntoMarker(true)
                        .setSummary("too large to travel")
                        .build())
                .executeAsync(
                        InlineActivity.CARRY, Value.Stored.class, load instanceof JsonNode ? load : Json.tree(load));
    }

    /** A state for the next execution. */
    static Promise<? extends Value> pack(Object state) {
        return Weight.of(state) <= MAX_INLINE ? Workflow.newPromise(Value.of(Json.tree(state))) : store(state);
    }

    /**
     * The same of a run: its tasks, of which there may be a hundred thousand, in pieces that one blob holds. All but the
     * last blob are waited for here.
     */
    static Promise<? extends Value> pack(CarriedLoop run) {
        JsonNode state = WorkflowUnsafe.deadlockDetectorOff(() -> Json.tree(run));
        long weight = Weight.of(state);
        if (weight <= MAX_INLINE) {
            return Workflow.newPromise(Value.of(state));
        }
        return store(
                weight <= PIECE
                        ? state
                        : inPieces(
                                (ObjectNode) state,
                                PIECE,
                                piece -> Promises.await(store(piece)).ref()));
    }

    static ObjectNode inPieces(ObjectNode state, long most, Function<JsonNode, String> store) {
        ArrayNode refs = state.putArray(PIECES);
        ArrayNode piece = state.arrayNode();
        long weight = 0;
        for (JsonNode task : ((ObjectNode) state.path(RUN)).remove(TASKS)) {
            long more = Weight.of(task);
            if (weight + more > most && !piece.isEmpty()) {
                refs.add(store.apply(piece));
                piece = state.arrayNode();
                weight = 0;
            }
            piece.add(task);
            weight += more;
        }
        refs.add(store.apply(piece));
        return state;
    }

    /** What a run ends with. */
    static Snapshot pack(Snapshot end) {
        return Weight.of(end) <= MAX_INLINE
                ? end
                : end.storedAs(Promises.await(store(end)).ref());
    }

    /** What a run begins with that keeps tasks of another one, as it travels. */
    public static JsonNode beginning(CarriedRun run) {
        return Json.tree(new CarriedLoop(run, List.of(), 0));
    }

    CarriedLoop unpack(Value carried) {
        return WorkflowUnsafe.deadlockDetectorOff(() -> {
            JsonNode state = json(carried);
            if (state.has(PIECES)) {
                ArrayNode tasks = ((ObjectNode) state.path(RUN)).putArray(TASKS);
                state.path(PIECES).forEach(ref -> stored.carried(ref.asText()).forEach(tasks::add));
            }
            return Json.mapper().convertValue(state, CarriedLoop.class);
        });
    }

    <T> T unpack(Value carried, Class<T> type) {
        return WorkflowUnsafe.deadlockDetectorOff(() -> Json.mapper().convertValue(json(carried), type));
    }

    private JsonNode json(Value carried) {
        return switch (carried) {
            case Value.Inline inline -> inline.json();
            case Value.Stored blob -> stored.carried(blob.ref());
        };
    }

    /** The whole of a result. */
    DispatchResult unpack(DispatchResult result) {
        return result.stored() == null ? result : read(result.stored(), DispatchResult.class);
    }

    /** The whole of what local work brought back. */
    InlineResult unpack(InlineResult result) {
        return result.stored() == null ? result : read(result.stored(), InlineResult.class);
    }

    private <T> T read(String ref, Class<T> type) {
        return WorkflowUnsafe.deadlockDetectorOff(() -> Json.mapper().convertValue(stored.carried(ref), type));
    }
}
