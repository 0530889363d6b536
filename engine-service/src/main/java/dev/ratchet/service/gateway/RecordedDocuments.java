package dev.ratchet.service.gateway;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.run.Revision;
import dev.ratchet.run.Value;
import dev.ratchet.workflow.PatchRequest;
import dev.ratchet.workflow.PatchVerdict;
import dev.ratchet.workflow.RunStart;
import dev.ratchet.workflow.RunWorkflow;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.update.v1.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The documents that a run has had, as its history has them: the one it began with, those it took over from the execution
 * before, and one for each patch that it accepted since. So they are known where no worker answers.
 */
final class RecordedDocuments {
    private final Reader reader;
    private final List<Value> documents = new ArrayList<>();
    private final Map<Long, PatchRequest> open = new TreeMap<>();

    /** Reads what events hold. */
    interface Reader {
        <T> @Nullable T value(Payloads payloads, Class<T> type);

        /** A stored state that an execution goes on with. */
        JsonNode stored(String ref);
    }

    private RecordedDocuments(Reader reader) {
        this.reader = reader;
    }

    /**
     * All of them, the submitted one first.
     *
     * @param events all events of the last execution
     * @return empty while it is not known whether the run takes a patch that it has
     */
    static Optional<List<Value>> of(RunStart start, List<HistoryEvent> events, Reader reader) {
        RecordedDocuments recorded = new RecordedDocuments(reader);
        recorded.documents.add(start.document());
        recorded.takeOver(start.carried());
        events.forEach(recorded::read);
        return recorded.open.isEmpty() ? Optional.of(List.copyOf(recorded.documents)) : Optional.empty();
    }

    private void takeOver(@Nullable Value carried) {
        JsonNode state = switch (carried) {
            case Value.Inline(JsonNode json) -> json;
            case Value.Stored stored -> reader.stored(stored.ref());
            case null -> Json.mapper().createObjectNode();
        };
        JsonNode revisions = state.path("run").path("revisions");
        List<Revision> earlier = revisions.isArray()
                ? Json.mapper().convertValue(revisions, new TypeReference<List<Revision>>() {})
                : List.of();
        earlier.forEach(revision -> documents.add(revision.change().document()));
    }

    private void read(HistoryEvent event) {
        if (event.hasWorkflowExecutionUpdateAcceptedEventAttributes()) {
            Request request =
                    event.getWorkflowExecutionUpdateAcceptedEventAttributes().getAcceptedRequest();
            PatchRequest patch = request.getInput().getName().equals(RunWorkflow.PATCH)
                    ? reader.value(request.getInput().getArgs(), PatchRequest.class)
                    : null;
            if (patch != null) {
                open.put(event.getEventId(), patch);
            }
        } else if (event.hasWorkflowExecutionUpdateCompletedEventAttributes()) {
            var completed = event.getWorkflowExecutionUpdateCompletedEventAttributes();
            PatchRequest patch = open.remove(completed.getAcceptedEventId());
            PatchVerdict verdict = patch == null || !completed.getOutcome().hasSuccess()
                    ? null
                    : reader.value(completed.getOutcome().getSuccess(), PatchVerdict.class);
            if (patch != null && verdict != null) {
                take(patch, verdict.revision());
            }
        }
    }

    /** Two updates may complete in another order than the run took them; one that was seen before is taken once. */
    private void take(PatchRequest patch, @Nullable Integer revision) {
        if (revision == null) {
            return;
        }
        while (documents.size() < revision) {
            documents.add(patch.change().document());
        }
        documents.set(revision - 1, patch.change().document());
    }
}
