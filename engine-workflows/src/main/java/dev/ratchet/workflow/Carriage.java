package dev.ratchet.workflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.ratchet.document.Json;
import dev.ratchet.run.CarriedRun;
import dev.ratchet.run.Value;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.RetryOptions;
import io.temporal.common.converter.EncodingKeys;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.unsafe.WorkflowUnsafe;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/**
 * How what is large gets through the server, which refuses more than 2 MB in one piece and 4 MB at once: as a blob, of which
 * the reference travels. Content-addressed, so what is read is the same at every replay.
 */
public final class Carriage {
    /** Bytes of JSON that travel as they are; from here on the server warns. */
    public static final int MAX_INLINE = 256 * 1024;

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

    /** How many bytes a value is as JSON. */
    public static long size(Object value) {
        try (Counting bytes = new Counting()) {
            Json.mapper().writeValue(bytes, value);
            return bytes.count;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
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
                .executeAsync(InlineActivity.CARRY, Value.Stored.class, Json.tree(load));
    }

    /** A state for the next execution. */
    static Promise<? extends Value> pack(Object state) {
        return size(state) <= MAX_INLINE ? Workflow.newPromise(Value.of(Json.tree(state))) : store(state);
    }

    /** What a run begins with that keeps tasks of another one, as it travels. */
    public static JsonNode beginning(CarriedRun run) {
        return Json.tree(new CarriedLoop(run, List.of(), 0));
    }

    CarriedLoop unpack(Value carried) {
        return unpack(carried, CarriedLoop.class);
    }

    <T> T unpack(Value carried, Class<T> type) {
        return WorkflowUnsafe.deadlockDetectorOff(() -> {
            JsonNode state = switch (carried) {
                case Value.Inline inline -> inline.json();
                case Value.Stored blob -> stored.carried(blob.ref());
            };
            return Json.mapper().convertValue(state, type);
        });
    }

    /** The whole of a result. */
    DispatchResult unpack(DispatchResult result) {
        String ref = result.stored();
        return ref == null
                ? result
                : WorkflowUnsafe.deadlockDetectorOff(
                        () -> Json.mapper().convertValue(stored.carried(ref), DispatchResult.class));
    }

    private static final class Counting extends OutputStream {
        private long count;

        @Override
        public void write(int one) {
            count++;
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            count += length;
        }
    }
}
