package dev.ratchet.task.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Json;
import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.plan.Steering;
import dev.ratchet.plan.TaskType;
import dev.ratchet.run.Answer;
import dev.ratchet.run.Decision;
import dev.ratchet.task.spi.TaskContext;
import dev.ratchet.task.spi.TaskExecutor;
import dev.ratchet.task.spi.TaskFailure;
import dev.ratchet.task.spi.TaskResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Rules in order, the first that is true wins; none: the default. In a rule {@code output} is what the only task before the
 * branch returned, or an object by id when there are several. Thread-safe.
 */
public final class BranchExecutor implements TaskExecutor {
    private static final String RULES = "rules";
    private static final String DEFAULT = "default";
    private static final String IDS =
            "{\"type\": \"array\", \"uniqueItems\": true, \"items\": {\"type\": \"string\", \"minLength\": 1, \"maxLength\": 128}}";

    private static final TaskType TYPE = TaskType.of(
                    "branch",
                    ExecutionMode.ROUTING,
                    "The first rule that is true says which tasks run",
                    Json.read("""
                    {"type": "object", "additionalProperties": false, "required": ["rules"],
                     "properties": {
                       "rules": {"type": "array", "minItems": 1, "maxItems": 100, "items":
                         {"type": "object", "additionalProperties": false, "required": ["when", "to"],
                          "properties": {"when": {"type": ["string", "object"]}, "to": %s}}},
                       "default": %s}}""".formatted(IDS, IDS), JsonNode.class))
            .withVerbatim(RULES, DEFAULT);

    @Override
    public TaskType type() {
        return TYPE;
    }

    @Override
    public TaskType.Inspector inspector() {
        return new TaskType.Inspector() {
            @Override
            public boolean inspect(JsonNode config, TaskType.Sink sink) {
                return true;
            }

            @Override
            public Steering steering(JsonNode config) {
                return steers(config);
            }
        };
    }

    private static Steering steers(JsonNode config) {
        List<Steering.Clause> conditions = new ArrayList<>();
        List<Steering.Target> targets = new ArrayList<>();
        int number = 0;
        for (JsonNode rule : config.path(RULES)) {
            String at = "/" + RULES + "/" + number++;
            conditions.add(new Steering.Clause(at + "/when", rule.path("when")));
            addTargets(at + "/to", rule.path("to"), targets);
        }
        addTargets("/" + DEFAULT, config.path(DEFAULT), targets);
        return new Steering(conditions, targets, null);
    }

    private static void addTargets(String pointer, JsonNode ids, List<Steering.Target> targets) {
        for (int i = 0; i < ids.size(); i++) {
            targets.add(new Steering.Target(pointer + "/" + i, ids.get(i).asText()));
        }
    }

    @Override
    public TaskResult execute(TaskContext context) throws TaskFailure {
        JsonNode output = before(context.dependencies());
        List<Decision> decisions = new ArrayList<>();
        int number = 0;
        for (JsonNode rule : context.config().path(RULES)) {
            Answer answer = context.test(rule.path("when"), output);
            decisions.add(decision(rule, answer));
            if (answer.error() != null) {
                return undecided(context, decisions, answer.error());
            }
            if (answer.isYes()) {
                return took(rule.path("to"), number, decisions);
            }
            number++;
        }
        return took(context.config().path(DEFAULT), null, decisions);
    }

    private static TaskResult undecided(TaskContext context, List<Decision> decisions, String error)
            throws TaskFailure {
        if (Boolean.TRUE.equals(context.run().conditionFallback())) {
            return took(context.config().path(DEFAULT), null, decisions);
        }
        throw TaskFailure.permanent(
                ErrorCode.CONDITION_FAILED, "Expected the rules of " + context.key() + " to be decided, but " + error);
    }

    private static JsonNode before(Map<String, Supplier<JsonNode>> dependencies) {
        if (dependencies.size() == 1) {
            return dependencies.values().iterator().next().get();
        }
        ObjectNode outputs = JsonNodeFactory.instance.objectNode();
        dependencies.forEach((id, output) -> outputs.set(id, output.get()));
        return dependencies.isEmpty() ? NullNode.instance : outputs;
    }

    private static Decision decision(JsonNode rule, Answer answer) {
        JsonNode when = rule.path("when");
        String text =
                when.isTextual() ? when.textValue() : when.path("expression").asText(when.toString());
        Boolean holds = answer.holds();
        return new Decision(
                text,
                holds == null ? null : BooleanNode.valueOf(holds),
                answer.error(),
                answer.isYes() ? ids(rule.path("to")) : null);
    }

    private static String ids(JsonNode to) {
        List<String> ids = new ArrayList<>();
        to.forEach(id -> ids.add(id.asText()));
        return String.join(", ", ids);
    }

    private static TaskResult took(JsonNode to, @Nullable Integer rule, List<Decision> decisions) {
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        output.putArray("took").addAll(ids(to).isEmpty() ? List.of() : elements(to));
        output.put("rule", rule);
        return new TaskResult(output, null, false, decisions);
    }

    private static List<JsonNode> elements(JsonNode array) {
        List<JsonNode> elements = new ArrayList<>();
        array.forEach(elements::add);
        return elements;
    }
}
