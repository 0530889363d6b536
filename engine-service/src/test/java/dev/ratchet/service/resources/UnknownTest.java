package dev.ratchet.service.resources;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.service.server.EngineForTests;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What nobody knows is presumed, and told: the cost of attempts that timed out, workers that are not there. */
class UnknownTest {
    private static Api api;

    @BeforeAll
    static void start() {
        api = new Api(EngineForTests.shared().url().orElseThrow());
    }

    @Test
    void shouldPresumeWhatAPromptCostThatRanIntoItsTimeoutAndBeBoundByIt() throws Exception {
        JsonNode run = api.run("""
                {"policy": {"budget_limit": {"amount": 0.02, "currency": "USD"}},
                 "tasks": [{"id": "slow", "prompt": "Think long", "model": "claude-3-sonnet-20240229",
                            "max_output_tokens": 600, "timeout_ms": 300, "metadata": {"sim_latency_ms": 20000},
                            "retry": {"max_attempts": 4, "initial_interval_ms": 1}}]}""");

        JsonNode task = run.path("tasks").path("slow");
        assertThat(run.path("state").asText()).isEqualTo("failed");
        assertThat(task.path("error").path("code").asText()).isEqualTo("budget_exceeded");
        assertThat(task.path("attempts").asInt()).isEqualTo(2);
        assertThat(run.path("presumed").path("amount").decimalValue()).isBetween(amount("0.018"), amount("0.02"));
        assertThat(run.path("usage").path("cost")).isEqualTo(run.path("presumed"));
        assertThat(task.path("usage").path("presumed")).isEqualTo(run.path("presumed"));
        JsonNode attempts = api.get("/runs/" + run.path("id").asText() + "/tasks/slow/attempts")
                .expect(200)
                .json()
                .path("attempts");
        assertThat(attempts).hasSize(2).allSatisfy(attempt -> {
            assertThat(attempt.path("error").path("code").asText()).isEqualTo("timeout");
            assertThat(attempt.path("usage").path("presumed").isObject()).isTrue();
        });
    }

    @Test
    void shouldTellOfAQueueThatNobodyLooksAt() throws Exception {
        String queue = "nobody-" + UUID.randomUUID();
        String document = """
                {"tasks": [{"id": "lost", "type": "function", "function": "noop", "task_queue": "%s",
                            "timeout_ms": 20000}]}""".formatted(queue);
        JsonNode warnings = api.post("/validate", document, "Content-Type", "application/json")
                .expect(200)
                .json()
                .path("warnings");
        assertThat(warnings).anySatisfy(warning -> {
            assertThat(warning.path("pointer").asText()).isEqualTo("/tasks/0/task_queue");
            assertThat(warning.path("message").asText()).contains(queue);
        });

        String run =
                "/runs/" + api.submit(document).expect(202).json().path("id").asText();
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            JsonNode task = api.get(run).json().path("tasks").path("lost");
            assertThat(task.path("state").asText()).isEqualTo("waiting");
            assertThat(task.path("waiting_for").asText()).isEqualTo("worker");
        });

        Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .untilAsserted(() ->
                        assertThat(api.get(run).json().path("state").asText()).isEqualTo("failed"));
        JsonNode error = api.get(run).json().path("tasks").path("lost").path("error");
        assertThat(error.path("code").asText()).isEqualTo("timeout");
        assertThat(error.path("message").asText())
                .isEqualTo("Expected lost to end within 20000 ms of its hand-over to task queue " + queue
                        + ", but no worker took it; is there a worker on its task queue?");
    }

    private static java.math.BigDecimal amount(String usd) {
        return new java.math.BigDecimal(usd);
    }
}
