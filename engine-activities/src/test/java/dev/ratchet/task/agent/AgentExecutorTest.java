package dev.ratchet.task.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.ratchet.document.Json;
import dev.ratchet.run.Hold;
import dev.ratchet.run.Hold.OnDeadline;
import dev.ratchet.run.Value;
import dev.ratchet.run.WaitingFor;
import dev.ratchet.task.FakeTaskContext;
import dev.ratchet.task.Inspected;
import dev.ratchet.task.spi.Preparation;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentExecutorTest {
    private final AgentExecutor executor = new AgentExecutor();

    @Test
    void shouldWaitInTheDefaultQueueUntilSomebodyCompletesIt() throws Exception {
        FakeTaskContext context = FakeTaskContext.of("{}").input("{'n': 1}").attempt(2);

        Preparation.Park park = park(context);

        Hold hold = Objects.requireNonNull(park.hold());
        assertThat(park.waitingFor()).isEqualTo(WaitingFor.AGENT);
        assertThat(park.delayMs()).isNull();
        assertThat(hold.queue()).isEqualTo("default");
        assertThat(hold.onDeadline()).isEqualTo(OnDeadline.FAIL);
        JsonNode told = ((Value.Inline) hold.assignment()).json();
        assertThat(told.path("job_id").asText()).isEqualTo(context.idempotencyKey() + "/2");
        assertThat(told.path("input").path("n").asInt()).isEqualTo(1);
        assertThat(told.path("node_id").asText()).isEqualTo(context.key().toString());
    }

    @Test
    void shouldNeedNoQueueWhereAgentsAreCalled() throws Exception {
        Hold hold = Objects.requireNonNull(park(FakeTaskContext.of("{'notify': 'https://agents.example/'}"))
                .hold());

        assertThat(hold.queue()).isNull();
        assertThat(hold.askedUrl()).isEqualTo("https://agents.example/");
    }

    @Test
    void shouldSayWhatFollowsWhenNobodyAnswers() throws Exception {
        Preparation.Park park = park(FakeTaskContext.of(
                "{'queue': 'q', 'deadline_ms': 5000, 'on_deadline': 'escalate', 'escalate_to': 'next',"
                        + " 'escalate_deadline_ms': 7000}"));

        Hold hold = Objects.requireNonNull(park.hold());
        assertThat(park.delayMs()).isEqualTo(5_000);
        assertThat(hold.onDeadline()).isEqualTo(OnDeadline.ESCALATE);
        assertThat(hold.escalateTo()).isEqualTo("queue/next");
        assertThat(hold.escalateMs()).isEqualTo(7_000);
        assertThat(hold.askedQueue()).isEqualTo("q");
    }

    @Test
    void shouldTakeNullForADefault() throws Exception {
        Preparation.Park park =
                park(FakeTaskContext.of("{'deadline_ms': 5, 'on_deadline': 'default', 'default': null}"));

        assertThat(Objects.requireNonNull(park.hold()).fallback())
                .isEqualTo(Value.of(Json.mapper().nullNode()));
    }

    @Test
    void shouldReturnWhatWasGiven() {
        assertThat(executor.execute(FakeTaskContext.of("{}").prepared(IntNode.valueOf(5)))
                        .output())
                .isEqualTo(IntNode.valueOf(5));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'on_deadline': 'fail'} | /on_deadline | 'deadline_ms' with 'on_deadline'",
                "{'deadline_ms': 1, 'on_deadline': 'default'} | /on_deadline | 'default' with 'on_deadline' default",
                "{'deadline_ms': 1, 'on_deadline': 'escalate'} | /on_deadline | 'escalate_to' with",
                "{'deadline_ms': 1, 'default': 1} | /default | 'on_deadline' to be default",
                "{'deadline_ms': 1, 'escalate_to': 'q'} | /escalate_to | 'on_deadline' to be escalate",
                "{'escalate_deadline_ms': 1} | /escalate_deadline_ms | 'escalate_to' with",
                "{'notify': 'ftp://x'} | /notify | an http or https URL",
                "{'deadline_ms': 1, 'on_deadline': 'escalate', 'escalate_to': 'a b'} | /escalate_to | the name of a queue"
            })
    void shouldRefuseDeadlinesThatWouldDoNothing(String config, String pointer, String says) {
        assertThat(Inspected.of(executor, config.replace("''", "'")).problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.pointer()).isEqualTo(pointer);
                    assertThat(problem.code()).isEqualTo("invalid_input");
                    assertThat(problem.message()).contains(says.replace("''", "'"));
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'deadline_ms': 1}",
                "{'notify': '${input.url}'}",
                "{'on_deadline': '${input.how}', 'deadline_ms': 1}",
                "{'deadline_ms': 1, 'on_deadline': 'escalate', 'escalate_to': 'https://boss.example'}"
            })
    void shouldAcceptWhatIsWhole(String config) {
        assertThat(Inspected.of(executor, config).problems()).isEmpty();
    }

    private Preparation.Park park(FakeTaskContext context) throws Exception {
        return (Preparation.Park) executor.prepare(context);
    }
}
