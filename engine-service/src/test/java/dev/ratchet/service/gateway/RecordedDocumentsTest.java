package dev.ratchet.service.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.ratchet.document.Json;
import dev.ratchet.run.Change;
import dev.ratchet.run.RunContext;
import dev.ratchet.run.Value;
import dev.ratchet.task.worker.EngineDataConverter;
import dev.ratchet.workflow.PatchRequest;
import dev.ratchet.workflow.PatchVerdict;
import dev.ratchet.workflow.PlanRef;
import dev.ratchet.workflow.RunStart;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.WorkflowExecutionUpdateAcceptedEventAttributes;
import io.temporal.api.history.v1.WorkflowExecutionUpdateCompletedEventAttributes;
import io.temporal.api.update.v1.Input;
import io.temporal.api.update.v1.Outcome;
import io.temporal.api.update.v1.Request;
import io.temporal.common.converter.DataConverter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What documents a run has had follows from its history alone. */
class RecordedDocumentsTest {
    private static final DataConverter CONVERTER = EngineDataConverter.create();
    private static final String REF = "carried";

    @Test
    void shouldListTheSubmittedDocumentAndOneForEachAcceptedPatch() {
        assertThat(documents(
                        null,
                        accepted(5, "second"),
                        completed(6, 5, new PatchVerdict(2, null, null)),
                        accepted(9, "refused"),
                        completed(10, 9, new PatchVerdict(null, "revision_conflict", "Expected this, but it is that")),
                        accepted(12, "third"),
                        completed(13, 12, new PatchVerdict(3, null, null))))
                .contains(values("first", "second", "third"));
    }

    @Test
    void shouldOrderPatchesAsTheRunTookThem() {
        assertThat(documents(
                        null,
                        accepted(5, "third"),
                        accepted(6, "second"),
                        completed(7, 5, new PatchVerdict(3, null, null)),
                        completed(8, 6, new PatchVerdict(2, null, null))))
                .contains(values("first", "second", "third"));
    }

    @Test
    void shouldNotKnowWhileAPatchIsUndecided() {
        assertThat(documents(null, accepted(5, "second"))).isEmpty();
    }

    @Test
    void shouldGoOnFromTheExecutionBefore() {
        Value.Inline inline = new Value.Inline(carried());
        assertThat(documents(inline)).contains(values("first", "earlier"));
        assertThat(documents(
                        new Value.Stored(REF, 1, "application/json", null),
                        accepted(5, "third"),
                        completed(6, 5, new PatchVerdict(3, null, null))))
                .contains(values("first", "earlier", "third"));
        assertThat(documents(new Value.Inline(Json.tree(Map.of("run", Map.of())))))
                .contains(values("first"));
    }

    private static JsonNode carried() {
        return Json.read(
                "{\"run\": {\"revisions\": [{\"number\": 2, \"at\": 1, \"command\": \"x@1\", \"change\": {\"plan\": \"p\","
                        + " \"document\": {\"json\": \"earlier\"}, \"operations\": {\"json\": []}, \"agents\": 0}}]}}",
                JsonNode.class);
    }

    private static Optional<List<Value>> documents(@Nullable Value carried, HistoryEvent... events) {
        RunStart start = new RunStart(
                new RunContext("a", "default", Map.of(), value("input"), null, 1),
                null,
                new PlanRef("p", null),
                value("first"),
                1,
                carried);
        return RecordedDocuments.of(start, List.of(events), new RecordedDocuments.Reader() {
            @Override
            public <T> @Nullable T value(Payloads payloads, Class<T> type) {
                return CONVERTER.fromPayloads(0, Optional.of(payloads), type, type);
            }

            @Override
            public JsonNode stored(String ref) {
                assertThat(ref).isEqualTo(REF);
                return carried();
            }
        });
    }

    private static HistoryEvent accepted(long id, String document) {
        PatchRequest patch =
                new PatchRequest("x@1", null, null, 1, new Change("p", value(document), value("operations"), null, 0));
        return HistoryEvent.newBuilder()
                .setEventId(id)
                .setWorkflowExecutionUpdateAcceptedEventAttributes(
                        WorkflowExecutionUpdateAcceptedEventAttributes.newBuilder()
                                .setAcceptedRequest(Request.newBuilder()
                                        .setInput(Input.newBuilder()
                                                .setName("patch")
                                                .setArgs(payloads(patch)))))
                .build();
    }

    private static HistoryEvent completed(long id, long accepted, PatchVerdict verdict) {
        return HistoryEvent.newBuilder()
                .setEventId(id)
                .setWorkflowExecutionUpdateCompletedEventAttributes(
                        WorkflowExecutionUpdateCompletedEventAttributes.newBuilder()
                                .setAcceptedEventId(accepted)
                                .setOutcome(Outcome.newBuilder().setSuccess(payloads(verdict))))
                .build();
    }

    private static Payloads payloads(Object value) {
        return CONVERTER.toPayloads(value).orElseThrow();
    }

    private static List<Value> values(String... documents) {
        return java.util.Arrays.stream(documents)
                .map(RecordedDocumentsTest::value)
                .toList();
    }

    private static Value value(String text) {
        return Value.of(TextNode.valueOf(text));
    }
}
