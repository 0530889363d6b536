package dev.ratchet.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.plan.PlanPolicy;
import dev.ratchet.plan.Policies;
import dev.ratchet.plan.RetryPolicy;
import dev.ratchet.plan.TaskDefaults;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyBodyTest {
    @Test
    void shouldShowWhatTasksTookOverInTheWordsOfADocument() throws Exception {
        PlanPolicy policy = new PlanPolicy(
                4,
                null,
                null,
                null,
                Policies.OnBudget.FAIL,
                Policies.OnFailure.FAIL_FAST,
                Policies.OnConditionError.FAIL,
                Policies.Scheduling.BATCH,
                8,
                Json.mapper().readTree("{\"strategy\": \"truncate\"}"),
                new TaskDefaults(
                        new RetryPolicy(3, 5, new BigDecimal("1.5"), 60, List.of("timeout")),
                        Policies.TriggerRule.ALL_DONE,
                        7));

        JsonNode shown = PolicyBody.of(policy);

        assertThat(Json.mapper().readTree(shown.toString()))
                .isEqualTo(Json.mapper().readTree("""
                {"max_parallelism": 4, "on_budget": "fail", "on_failure": "fail_fast", "on_condition_error": "fail",
                 "scheduling": "batch", "tasks_per_activity": 8,
                 "retry": {"max_attempts": 3, "initial_interval_ms": 5, "backoff": 1.5, "max_interval_ms": 60, "retry_on": ["timeout"]},
                 "trigger_rule": "all_done", "task_timeout_ms": 7,
                 "context_policy": {"strategy": "truncate", "max_tokens": 8000, "keep_last_n": 5, "truncate_to": 2000}}
                """));
    }
}
