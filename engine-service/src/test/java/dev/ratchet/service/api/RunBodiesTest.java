package dev.ratchet.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Json;
import dev.ratchet.document.Money;
import dev.ratchet.plan.Node;
import dev.ratchet.plan.Plan;
import dev.ratchet.plan.PlanPolicy;
import dev.ratchet.plan.Policies;
import dev.ratchet.plan.RetryPolicy;
import dev.ratchet.plan.Scope;
import dev.ratchet.plan.TaskSpec;
import dev.ratchet.run.RunRecord;
import dev.ratchet.run.RunStatus;
import dev.ratchet.run.SkipReason;
import dev.ratchet.run.TaskError;
import dev.ratchet.run.TaskKey;
import dev.ratchet.run.TaskRecord;
import dev.ratchet.run.TaskStatus;
import dev.ratchet.run.Usage;
import dev.ratchet.run.Value;
import dev.ratchet.run.WaitingFor;
import dev.ratchet.service.gateway.RunReading;
import dev.ratchet.service.gateway.ShownValues;
import dev.ratchet.workflow.Snapshot;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The JSON of runs, field by field. */
class RunBodiesTest {
    private static final Usage USAGE = new Usage(380, 120, new Money(new BigDecimal("0.0050"), "USD"));

    @Test
    void shouldWriteARunAsTheContractSays() throws Exception {
        JsonNode written = write(told(List.of(completed("analyze", 4))), RunBodies.Tasks.ALL);
        assertThat(written).isEqualTo(Json.mapper().readTree("""
                                        { "id": "workflow-001", "organization": "default", "name": "First",
                                          "policy": {"max_parallelism": 16, "on_budget": "fail", "on_failure": "fail_fast",
                                                     "on_condition_error": "fail", "scheduling": "batch", "tasks_per_activity": "auto",
                                                     "retry": {"max_attempts": 1, "initial_interval_ms": 1000, "backoff": 2,
                                                               "max_interval_ms": 60000, "retry_on": []},
                                                     "trigger_rule": "none_failed", "task_timeout_ms": 600000,
                                                     "context_policy": {"strategy": "none", "max_tokens": 8000,
                                                                        "keep_last_n": 5, "truncate_to": 2000}},
                                          "state": "completed", "revision": 1, "version": 9, "batches": 1,
                                          "tasks": { "analyze": {"state": "completed", "output": "text", "attempts": 1,
                                                     "started_at": 1704067200100, "ended_at": 1704067201000,
                                                     "usage": {"tokens": 500, "input_tokens": 380, "output_tokens": 120,
                                                               "cost": {"amount": 0.005, "currency": "USD"}}},
                                                     "b": {"state": "pending", "attempts": 0} },
                                          "usage": {"tokens": 500, "input_tokens": 380, "output_tokens": 120,
                                                    "cost": {"amount": 0.005, "currency": "USD"}},
                                          "created_at": 1704067200000, "started_at": 1704067200050,
                                          "ended_at": 1704067300000, "updated_at": 1704067300000,
                                          "links": {"temporal": "http://t"} }
                                        """));
    }

    @Test
    void shouldKeepTheOrderOfTheDocument() {
        RunReading.Told told = told(List.of(
                completed("b", 3),
                completed("draft[1].write", 4),
                completed("draft[0].write", 4),
                completed("analyze", 2)));
        assertThat(write(told, RunBodies.Tasks.ALL).path("tasks").properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("analyze", "b", "draft[1].write", "draft[0].write");
    }

    @Test
    void shouldLeaveOutWhatWasNotAskedFor() {
        assertThat(write(told(List.of()), RunBodies.Tasks.NONE).has("tasks")).isFalse();
        assertThat(write(told(List.of(completed("b", 3))), RunBodies.Tasks.CHANGED)
                        .path("tasks")
                        .properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("b");
    }

    @Test
    void shouldSayWhyATaskIsAsItIs() throws Exception {
        TaskRecord skipped = record("analyze", TaskStatus.SKIPPED, null, null, SkipReason.UPSTREAM_FAILURE, null);
        TaskRecord waiting = record("b", TaskStatus.WAITING, WaitingFor.BUDGET, null, null, null);
        assertThat(write(told(List.of(skipped, waiting)), RunBodies.Tasks.ALL).path("tasks"))
                .isEqualTo(Json.mapper().readTree("""
                                        {"analyze": {"state": "skipped", "reason": "upstream_failure", "blocked_by": ["x"], "attempts": 0},
                                         "b": {"state": "waiting", "waiting_for": "budget", "due_at": 7, "attempts": 0}}
                                        """));
        TaskRecord failed = record(
                "b",
                TaskStatus.FAILED,
                null,
                TaskError.of(ErrorCode.TIMEOUT, "Expected sooner, but later"),
                null,
                null);
        assertThat(write(told(List.of(failed)), RunBodies.Tasks.ALL)
                        .path("tasks")
                        .path("b")
                        .path("error"))
                .isEqualTo(
                        Json.mapper().readTree("{\"code\": \"timeout\", \"message\": \"Expected sooner, but later\"}"));
    }

    @Test
    void shouldNameStoredOutputs() throws Exception {
        TaskRecord large = record(
                "b",
                TaskStatus.COMPLETED,
                null,
                null,
                null,
                new Value.Stored("abc", 20_000, "application/json", "be…"));
        assertThat(write(told(List.of(large)), RunBodies.Tasks.ALL)
                        .path("tasks")
                        .path("b"))
                .isEqualTo(Json.mapper().readTree("""
                                        {"state": "completed", "attempts": 0, "preview": "be…",
                                         "output_ref": {"ref": "abc", "size": 20000, "mime_type": "application/json"}}
                                        """));
    }

    @Test
    void shouldShowNullAsAnOutput() {
        TaskRecord nothing = record(
                "b",
                TaskStatus.COMPLETED,
                null,
                null,
                null,
                Value.of(Json.mapper().nullNode()));
        JsonNode task =
                write(told(List.of(nothing)), RunBodies.Tasks.ALL).path("tasks").path("b");
        assertThat(task.has("output")).isTrue();
        assertThat(task.path("output").isNull()).isTrue();
    }

    @Test
    void shouldWriteAmountsPlainly() throws Exception {
        String tiny = ApiJson.mapper().writeValueAsString(new MoneyBody(new BigDecimal("5E-10"), "USD"));
        String round = ApiJson.mapper().writeValueAsString(new MoneyBody(new BigDecimal("1E+2"), "USD"));
        assertThat(tiny).isEqualTo("{\"amount\":0.0000000005,\"currency\":\"USD\"}");
        assertThat(round).isEqualTo("{\"amount\":100,\"currency\":\"USD\"}");
    }

    private static JsonNode write(RunReading reading, RunBodies.Tasks tasks) {
        RunBodies bodies = new RunBodies(run -> Map.of("temporal", "http://t"));
        try {
            return Json.mapper()
                    .readTree(ApiJson.mapper().writeValueAsString(bodies.of(reading, tasks, ShownValues.none())));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static RunReading.Told told(List<TaskRecord> tasks) {
        RunRecord run = new RunRecord(
                RunStatus.COMPLETED,
                9,
                1,
                1704067200050L,
                1704067300000L,
                1704067300000L,
                null,
                null,
                USAGE,
                null,
                null,
                null,
                null,
                1);
        Snapshot.RunFacts facts = new Snapshot.RunFacts(
                "workflow-001",
                "default",
                "First",
                Map.of(),
                1704067200000L,
                Value.of(Json.mapper().nullNode()));
        return new RunReading.Told(facts, run, tasks, PLAN);
    }

    private static TaskRecord completed(String key, long version) {
        return new TaskRecord(
                TaskKey.parse(key),
                TaskStatus.COMPLETED,
                version,
                1,
                null,
                null,
                1,
                1704067200100L,
                1704067201000L,
                Value.of(Json.mapper().getNodeFactory().textNode("text")),
                null,
                null,
                List.of(),
                USAGE,
                null,
                List.of(),
                List.of(),
                null,
                null,
                null,
                null);
    }

    private static TaskRecord record(
            String key, TaskStatus state, WaitingFor waitingFor, TaskError error, SkipReason reason, Value output) {
        return new TaskRecord(
                TaskKey.parse(key),
                state,
                2,
                1,
                waitingFor,
                waitingFor == null ? null : 7L,
                0,
                null,
                null,
                output,
                error,
                reason,
                reason == null ? List.of() : List.of("x"),
                null,
                null,
                List.of(),
                List.of(),
                null,
                null,
                null,
                null);
    }

    private static final Plan PLAN = plan();

    private static Plan plan() {
        List<Node> nodes = Stream.of("analyze", "b")
                .map(id -> new Node(
                        new TaskSpec(id, "function", null, null, null, List.of(), null, List.of(), List.of(), 1_000),
                        Policies.ExecutionMode.DISPATCHED,
                        true,
                        List.of(),
                        List.of(),
                        null,
                        List.of(),
                        Policies.TriggerRule.NONE_FAILED,
                        RetryPolicy.ONCE,
                        false,
                        null,
                        null,
                        null,
                        0,
                        null))
                .toList();
        return new Plan(PlanPolicy.DEFAULT, new Scope(nodes));
    }
}
