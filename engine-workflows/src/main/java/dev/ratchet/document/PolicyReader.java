package dev.ratchet.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code policy} and {@code retry}. */
final class PolicyReader {
    static final List<String> TRIGGER_RULES =
            List.of("none_failed", "all_success", "any_success", "any_failed", "all_done");
    static final List<String> ON_BUDGET = List.of("fail", "pause");
    static final List<String> ON_FAILURE = List.of("fail_fast", "finish_running", "skip_dependents");
    static final List<String> ON_CONDITION_ERROR = List.of("fail", "fallback");
    static final List<String> SCHEDULING = List.of("batch", "dataflow");
    static final List<String> CONTEXT_STRATEGIES = List.of("none", "keep_last_n", "truncate", "truncate_to");
    private static final int MAX_ATTEMPTS = 10_000;
    private static final List<String> CODES =
            Arrays.stream(ErrorCode.values()).map(ErrorCode::wire).toList();

    private final Problems problems;

    PolicyReader(Problems problems) {
        this.problems = problems;
    }

    PolicyDocument read(@Nullable ObjectNode json, String pointer) {
        if (json == null) {
            return PolicyDocument.NONE;
        }
        Fields fields = new Fields(json, pointer, problems);
        PolicyDocument policy =
                new PolicyDocument(limits(fields), choices(fields), retry(fields), contextPolicy(fields));
        fields.refuseOthers("a policy");
        return policy;
    }

    private PolicyDocument.Limits limits(Fields fields) {
        return new PolicyDocument.Limits(
                fields.number("max_parallelism", 1, 500),
                fields.duration("timeout_ms"),
                fields.duration("idle_timeout_ms"),
                fields.duration("task_timeout_ms"),
                budget(fields),
                tasksPerActivity(fields));
    }

    private static PolicyDocument.Choices choices(Fields fields) {
        return new PolicyDocument.Choices(
                fields.oneOf("on_budget", ON_BUDGET),
                fields.oneOf("on_failure", ON_FAILURE),
                fields.oneOf("on_condition_error", ON_CONDITION_ERROR),
                fields.oneOf("trigger_rule", TRIGGER_RULES),
                fields.oneOf("scheduling", SCHEDULING));
    }

    private @Nullable Integer tasksPerActivity(Fields fields) {
        JsonNode value = fields.any("tasks_per_activity");
        if (value != null && value.isTextual()) {
            return value.textValue().equals("auto")
                    ? 0
                    : fields.refuse("tasks_per_activity", "auto or an integer from 1 to 64", "it is neither");
        }
        return fields.number("tasks_per_activity", 1, 64);
    }

    private @Nullable Located<Money> budget(Fields fields) {
        ObjectNode json = fields.object("budget_limit");
        if (json == null) {
            return null;
        }
        Fields budget = new Fields(json, fields.at("budget_limit"), problems);
        BigDecimal amount = budget.decimal("amount", null);
        String currency = budget.text("currency", 16);
        budget.refuseOthers("a budget limit");
        if (amount != null && amount.signum() <= 0) {
            budget.refuse("amount", "a number above 0", amount.signum() == 0 ? "it is 0" : "it is less");
        }
        if (!json.has("amount") || !json.has("currency")) {
            problems.invalid(
                    budget.pointer(), "Expected budget_limit to have an amount and a currency, but it lacks one");
        }
        return amount == null || currency == null ? null : new Located<>(new Money(amount, currency), budget.pointer());
    }

    RetryDocument retry(Fields parent) {
        ObjectNode json = parent.object("retry");
        if (json == null) {
            return RetryDocument.NONE;
        }
        Fields fields = new Fields(json, parent.at("retry"), problems);
        RetryDocument retry = new RetryDocument(
                fields.number("max_attempts", 1, MAX_ATTEMPTS),
                fields.integer("initial_interval_ms", 0, Fields.MAX_DURATION_MS),
                fields.decimal("backoff", BigDecimal.ONE),
                fields.integer("max_interval_ms", 0, Fields.MAX_DURATION_MS),
                json.has("retry_on") ? retryOn(fields) : null);
        fields.refuseOthers("retry");
        return retry;
    }

    private List<String> retryOn(Fields fields) {
        List<String> codes = fields.texts("retry_on");
        for (int i = 0; i < codes.size(); i++) {
            if (!CODES.contains(codes.get(i))) {
                problems.invalid(
                        Pointers.element(fields.at("retry_on"), i),
                        "Expected retry_on to list error codes of tasks, but this is none");
            }
        }
        return codes;
    }

    private ObjectNode contextPolicy(Fields parent) {
        ObjectNode json = parent.object("context_policy");
        if (json == null) {
            return JsonNodeFactory.instance.objectNode();
        }
        Fields fields = new Fields(json, parent.at("context_policy"), problems);
        fields.oneOf("strategy", CONTEXT_STRATEGIES);
        fields.number("max_tokens", 1, Integer.MAX_VALUE);
        fields.number("keep_last_n", 1, Integer.MAX_VALUE);
        fields.number("truncate_to", 1, Integer.MAX_VALUE);
        fields.refuseOthers("a context policy");
        return json;
    }
}
