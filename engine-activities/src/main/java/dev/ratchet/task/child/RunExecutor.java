package dev.ratchet.task.child;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Json;
import dev.ratchet.document.Money;
import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.plan.TaskType;
import dev.ratchet.run.Estimate;
import dev.ratchet.task.spi.Preparation;
import dev.ratchet.task.spi.TaskContext;
import dev.ratchet.task.spi.TaskExecutor;
import dev.ratchet.task.spi.TaskFailure;
import dev.ratchet.task.spi.TaskResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a run document as a run of its own, with its own id, policy and share of the budget. Its output is that of the
 * run. Thread-safe.
 */
public final class RunExecutor implements TaskExecutor {
    /** What a child has from its parent. */
    private static final List<String> GIVEN = List.of("id", "organization");

    private static final TaskType TYPE = TaskType.of(
                    "run",
                    ExecutionMode.CHILD,
                    "Runs another graph as a run of its own",
                    Json.read("""
                    {"type": "object", "additionalProperties": false, "required": ["graph"],
                     "properties": {"graph": {"type": "object"}, "wait": {"type": "boolean"}}}""", JsonNode.class))
            .withVerbatim("graph");

    @Override
    public TaskType type() {
        return TYPE;
    }

    @Override
    public TaskType.Inspector inspector() {
        return new TaskType.Inspector() {
            @Override
            public boolean inspect(JsonNode config, TaskType.Sink sink) {
                for (String field : GIVEN) {
                    if (config.path("graph").has(field)) {
                        sink.problem(
                                "/graph/" + field,
                                ErrorCode.INVALID_INPUT,
                                "Expected no '" + field + "' in a graph inside of another one, but there is one");
                    }
                }
                return false;
            }

            @Override
            public TaskType.@Nullable Child child(JsonNode config) {
                JsonNode graph = config.path("graph");
                return graph.isObject() ? new TaskType.Child("/graph", graph) : null;
            }
        };
    }

    /** What the child may spend is set aside for it. */
    @Override
    public Preparation prepare(TaskContext context) throws TaskFailure {
        ObjectNode graph = context.config().path("graph").deepCopy();
        graph.set("input", input(graph.path("input"), context.input()));
        ObjectNode order = Json.mapper().createObjectNode();
        order.put("wait", context.config().path("wait").asBoolean(true)).set("graph", graph);
        return new Preparation.Ready(new Estimate(0, 0, share(graph)), order);
    }

    /** The run has ended: its output is at hand. */
    @Override
    public TaskResult execute(TaskContext context) {
        return TaskResult.of(context.prepared());
    }

    /** The task's fields beat those that the graph brings along. */
    private static JsonNode input(JsonNode own, JsonNode given) {
        if (own instanceof ObjectNode fields && given instanceof ObjectNode more) {
            return fields.deepCopy().setAll(more);
        }
        return own.isMissingNode() || !given.isObject() || !given.isEmpty() ? given : own;
    }

    private static @Nullable Money share(JsonNode graph) {
        JsonNode limit = graph.at("/policy/budget_limit");
        return limit.isMissingNode()
                ? null
                : new Money(
                        limit.path("amount").decimalValue(),
                        limit.path("currency").asText());
    }
}
