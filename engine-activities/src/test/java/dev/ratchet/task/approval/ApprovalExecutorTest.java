package dev.ratchet.task.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.run.Hold;
import dev.ratchet.run.Value;
import dev.ratchet.run.WaitingFor;
import dev.ratchet.task.FakeTaskContext;
import dev.ratchet.task.Inspected;
import dev.ratchet.task.spi.Preparation;
import dev.ratchet.task.spi.TaskFailure;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApprovalExecutorTest {
    private static final String CHOICES = "{'question': 'Which?', 'choices': ['a', 'b']}";
    private static final String FORM =
            "{'question': 'How many?', 'form': {'type': 'object', 'required': ['n'], 'properties': {'n': {'type':"
                    + " 'integer'}}}}";

    private final ApprovalExecutor executor = new ApprovalExecutor(() -> Instant.ofEpochMilli(7));

    @Test
    void shouldTellWhoIsAskedWhatIsAsked() throws Exception {
        Preparation.Park park = (Preparation.Park) executor.prepare(
                FakeTaskContext.of("{'question': 'Which?', 'choices': ['a', 'b'], 'assignees': ['ann']}"));

        Hold hold = Objects.requireNonNull(park.hold());
        JsonNode told = ((Value.Inline) hold.assignment()).json();
        assertThat(park.waitingFor()).isEqualTo(WaitingFor.PERSON);
        assertThat(hold.isAnnounced()).isFalse();
        assertThat(told.path("question").asText()).isEqualTo("Which?");
        assertThat(told.path("choices")).hasSize(2);
        assertThat(told.path("assignees").path(0).asText()).isEqualTo("ann");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true | {\"approved\":true,\"by\":\"deadline\"}",
                "{'approved': false, 'comment': 'late'} | {\"approved\":false,\"comment\":\"late\",\"by\":\"deadline\"}"
            })
    void shouldKnowWhatCountsWhenNobodyAnswers(String written, String kept) throws Exception {
        Preparation.Park park = (Preparation.Park) executor.prepare(
                FakeTaskContext.of("{'question': 'Go?', 'deadline_ms': 5, 'on_deadline': 'default', 'default': "
                        + written.replace("''", "'") + "}"));

        Value fallback =
                Objects.requireNonNull(Objects.requireNonNull(park.hold()).fallback());
        assertThat(Json.write(((Value.Inline) fallback).json())).isEqualTo(kept);
    }

    @Test
    void shouldCompleteWithTheDecisionAndWhenItWasMade() throws Exception {
        JsonNode output = executor.execute(given("{'question': 'Go?'}", "{'approved': false, 'by': 'ann', 'at': 5}"))
                .output();
        JsonNode byDefault = executor.execute(given(CHOICES, "{'approved': true, 'choice': 'a', 'by': 'deadline'}"))
                .output();

        assertThat(Json.write(output)).isEqualTo("{\"approved\":false,\"by\":\"ann\",\"at\":5}");
        assertThat(Json.write(byDefault))
                .isEqualTo("{\"approved\":true,\"choice\":\"a\",\"by\":\"deadline\",\"at\":7}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'approved': true, 'choice': 'c', 'by': 'ann'}", "{'approved': true}", "5"})
    void shouldRefuseAnEarlyDecisionThatDoesNotFit(String decision) {
        TaskFailure failure = catchThrowableOfType(TaskFailure.class, () -> executor.execute(given(CHOICES, decision)));

        assertThat(failure.error().code()).isEqualTo("invalid_input");
        assertThat(failure.isRetryable()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | ''",
                "{'question': 'Go?', 'choices': ['a'], 'form': {}} | /form",
                "{'question': 'Go?', 'form': {'type': 'no such type'}} | /form",
                "{'question': 'Go?', 'choices': ['a'], 'deadline_ms': 1, 'on_deadline': 'default', 'default': {'choice':"
                        + " 'b'}} | /default",
                "{'question': 'Go?', 'deadline_ms': 1, 'on_deadline': 'default', 'default': 5} | /default",
                "{'question': 'Go?', 'on_deadline': 'fail'} | /on_deadline"
            })
    void shouldRefuseQuestionsThatNobodyCouldAnswer(String config, String pointer) {
        assertThat(Inspected.of(executor, config.replace("''", "'")).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.pointer()).isEqualTo(pointer));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'question': 'Go?'} | {} | /approved",
                "{'question': 'Go?'} | {'approved': 'yes'} | /approved",
                "{'question': 'Go?'} | {'choice': 'a'} | /choice",
                "{'question': 'Go?'} | {'approved': true, 'comment': 5} | /comment",
                "{'question': 'Go?'} | {'approved': true, 'why': 1} | ''",
                "{'question': 'Go?', 'assignees': ['ann']} | {'approved': true} | /by",
                "{'question': 'Go?', 'assignees': ['ann']} | {'approved': true, 'by': 'bob'} | /by",
                "{'question': 'Go?', 'choices': ['a']} | {'choice': 'b'} | /choice",
                "{'question': 'Go?', 'choices': ['a']} | {'approved': false, 'choice': 'a'} | /choice"
            })
    void shouldRefuseDecisionsThatDoNotAnswer(String asked, String decision, String pointer) {
        Approval approval = Approval.of(json(asked.replace("''", "'")));

        Approval.Unfit unfit =
                catchThrowableOfType(Approval.Unfit.class, () -> approval.decide(json(decision.replace("''", "'"))));

        assertThat(unfit.pointer()).isEqualTo(pointer);
        assertThat(unfit.reason()).startsWith("Expected ");
    }

    @Test
    void shouldTakeAFormThatSatisfiesItsSchema() throws Exception {
        Approval approval = Approval.of(json(FORM));

        assertThat(Json.write(approval.decide(json("{'form': {'n': 3}, 'by': 'ann'}"))))
                .isEqualTo("{\"approved\":true,\"form\":{\"n\":3},\"by\":\"ann\"}");
        assertThat(catchThrowableOfType(Approval.Unfit.class, () -> approval.decide(json("{'form': {'n': 'x'}}")))
                        .pointer())
                .isEqualTo("/form");
        assertThat(approval.decide(json("{'approved': false}")).path("approved").booleanValue())
                .isFalse();
    }

    private static FakeTaskContext given(String config, String decision) {
        return FakeTaskContext.of(config).prepared(json(decision));
    }

    private static JsonNode json(String text) {
        return Json.read(text.replace('\'', '"'), JsonNode.class);
    }
}
