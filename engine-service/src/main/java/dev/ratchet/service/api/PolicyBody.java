package dev.ratchet.service.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.plan.PlanPolicy;

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
        return json;
    }
}
