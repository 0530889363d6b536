package dev.ratchet.service.gateway;

import com.google.protobuf.ByteString;
import dev.ratchet.run.Value;
import dev.ratchet.task.blob.BlobStore;
import dev.ratchet.workflow.RunStart;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.HistoryEventFilterType;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.history.v1.HistoryEvent;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the blobs that keep a run from being taken up, where no worker tells of it: what its execution began with, and what
 * the last workflow tasks failed on. They are tried here, and named when they cannot be read.
 */
final class Obstacles {
    private static final Logger LOG = LoggerFactory.getLogger(Obstacles.class);
    private static final Pattern REF = Pattern.compile("(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])");
    private static final int LAST_EVENTS = 20;
    private static final int MOST_REFS = 16;
    private static final int MOST_CAUSES = 20;

    private final TemporalRpc rpc;
    private final BlobStore blobs;

    Obstacles(TemporalRpc rpc, BlobStore blobs) {
        this.rpc = rpc;
        this.blobs = blobs;
    }

    /**
     * Empty also when Temporal does not tell: whoever asks has an answer without them.
     *
     * @param why what a worker said that was asked and failed
     */
    List<Damage> of(String workflowId, String why) {
        Map<String, Damage.Kind> refs = new LinkedHashMap<>();
        try {
            begunWith(workflowId, refs);
            named(why, refs);
            failedOn(workflowId, refs);
        } catch (StatusRuntimeException silent) {
            LOG.debug("Expected the history of {}, but Temporal did not give it", workflowId, silent);
        }
        Damages damages = new Damages();
        refs.forEach((ref, kind) -> damages.without(kind, ref, () -> tried(ref)));
        return damages.found();
    }

    private void begunWith(String workflowId, Map<String, Damage.Kind> refs) {
        List<HistoryEvent> first = rpc.history(
                        workflowId,
                        "",
                        ByteString.EMPTY,
                        HistoryEventFilterType.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT,
                        false,
                        1)
                .getHistory()
                .getEventsList();
        RunStart start = first.isEmpty()
                ? null
                : rpc.value(
                        first.getFirst()
                                .getWorkflowExecutionStartedEventAttributes()
                                .getInput(),
                        RunStart.class);
        if (start == null) {
            return;
        }
        if (start.plan().inline() == null) {
            refs.put(start.plan().hash(), Damage.Kind.PLAN);
        }
        if (start.carried() instanceof Value.Stored carried) {
            refs.put(carried.ref(), Damage.Kind.STATE);
        }
    }

    /** The messages of failures name what could not be read. */
    private void failedOn(String workflowId, Map<String, Damage.Kind> refs) {
        for (HistoryEvent event : rpc.lastEvents(workflowId, LAST_EVENTS)) {
            Failure failure = event.getWorkflowTaskFailedEventAttributes().getFailure();
            for (int depth = 0; depth < MOST_CAUSES; depth++) {
                named(failure.getMessage(), refs);
                if (!failure.hasCause()) {
                    break;
                }
                failure = failure.getCause();
            }
        }
    }

    private static void named(String text, Map<String, Damage.Kind> refs) {
        REF.matcher(text)
                .results()
                .limit(MOST_REFS - Math.min(refs.size(), MOST_REFS))
                .forEach(found -> refs.putIfAbsent(found.group(), Damage.Kind.VALUE));
    }

    private String tried(String ref) {
        try (var blob = blobs.open(ref)) {
            return blob.mimeType();
        } catch (IOException unclosed) {
            return ref;
        }
    }
}
