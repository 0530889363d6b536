package dev.ratchet.service.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.plan.PlanPolicy;
import dev.ratchet.task.context.ContextPolicy;

/** The policy a run has, in the words of a document. */
final class PolicyBody {
    private PolicyBody() {}

    static JsonNode of(PlanPolicy policy) {
        ObjectNode json = ApiJson.mapper().valueToTree(policy);
        if (policy.tasksPerActivity() == 0) {
            json.put("tasks_per_activity", "auto");
        }
        MoneyBody budget = MoneyBody.of(policy.budgetLimit());
        if (budget != null) {
            json.set("budget_limit", ApiJson.mapper().valueToTree(budget));
        }
        json.remove("task_defaults");
        json.setAll(ApiJson.mapper().<ObjectNode>valueToTree(policy.taskDefaults()));
        json.set("context_policy", context(policy));
        return json;
    }

    private static JsonNode context(PlanPolicy policy) {
        ObjectNode context = ApiJson.mapper().valueToTree(ContextPolicy.NONE);
        if (policy.contextPolicy() instanceof ObjectNode written) {
            context.setAll(written);
        }
        return context;
    }
}
