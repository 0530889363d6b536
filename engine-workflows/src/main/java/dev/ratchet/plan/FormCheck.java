package dev.ratchet.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ratchet.document.EdgeDocument;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.GraphDocument;
import dev.ratchet.document.Pointers;
import dev.ratchet.document.Problem;
import dev.ratchet.document.Problems;
import dev.ratchet.document.TaskDocument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks the form of tasks as far as it depends on their types: own fields, input, output schema. */
final class FormCheck {
    private final TaskType.Catalogue types;
    private final SchemaChecks schemas;
    private final OutputSchemas outputSchemas = new OutputSchemas();
    private final Problems problems;

    FormCheck(TaskType.Catalogue types, SchemaChecks schemas, Problems problems) {
        this.types = types;
        this.schemas = schemas;
        this.problems = problems;
    }

    /** One entry for each task; absent where a problem was reported. */
    List<@Nullable TaskForm> check(GraphDocument graph) {
        Map<String, Set<String>> fed = fedInputs(graph);
        List<@Nullable TaskForm> forms = new ArrayList<>(graph.tasks().size());
        for (TaskDocument task : graph.tasks()) {
            outputSchemas.check(task, problems);
            TaskType type = type(task);
            forms.add(type == null ? null : check(task, type, fed.getOrDefault(task.id(), Set.of())));
        }
        return forms;
    }

    private static Map<String, Set<String>> fedInputs(GraphDocument graph) {
        Map<String, Set<String>> fed = new HashMap<>();
        for (EdgeDocument edge : graph.edges()) {
            if (edge.toInput() != null) {
                String name = edge.toInput().value();
                fed.computeIfAbsent(edge.to().value(), id -> new HashSet<>())
                        .add(name.endsWith("[]") ? name.substring(0, name.length() - 2) : name);
            }
        }
        return fed;
    }

    private @Nullable TaskType type(TaskDocument task) {
        if (task.type() == null) {
            return null;
        }
        String name = task.type().value();
        TaskType type = types.find(name);
        if (type == null) {
            String offered = types.all().stream().map(TaskType::name).sorted().collect(Collectors.joining(", "));
            problem(
                    task.type().pointer(),
                    "Expected a task type this engine offers (" + offered + "), but "
                            + (name.length() <= 64 ? "'" + name + "'" : "this one") + " is none of them");
        }
        return type;
    }

    private TaskForm check(TaskDocument task, TaskType type, Set<String> fed) {
        Holes holes = new Holes(union(type.verbatimFields(), type.expressionFields()), Set.of());
        for (SchemaProblem found : schemas.check(type.configSchema(), task.config(), holes)) {
            problem(task.atConfig(Pointers.path("", found.path())), found.message());
        }
        List<Problem> later = new ArrayList<>();
        TaskType.Inspector inspector = types.inspector(type.name());
        boolean quick = inspector.inspect(task.config(), (pointer, code, message) -> {
            Problem found = new Problem(task.atConfig(pointer), code.wire(), message);
            if (code != ErrorCode.INVALID_INPUT) {
                later.add(found);
            } else if (!problems.has(found.pointer())) {
                problems.add(found);
            }
        });
        checkInput(task, type, inspector, fed);
        return new TaskForm(type, quick, later);
    }

    private void checkInput(TaskDocument task, TaskType type, TaskType.Inspector inspector, Set<String> fed) {
        JsonNode input = task.values().input();
        if (input != null && input.isTextual() && Holes.isWhole(input.textValue())) {
            return;
        }
        if (input != null && !input.isObject() && !fed.isEmpty()) {
            problem(task.at("input"), "Expected input to be an object, since edges feed fields of it, but it is none");
            return;
        }
        JsonNode own = inspector.inputSchema(task.config());
        JsonNode schema = own == null ? type.inputSchema() : own;
        if (schema == null) {
            return;
        }
        String base = input == null ? task.pointer() : task.at("input");
        JsonNode value = input == null ? JsonNodeFactory.instance.objectNode() : input;
        for (SchemaProblem found : schemas.check(schema, value, new Holes(Set.of(), fed))) {
            problem(Pointers.path(base, found.path()), found.message());
        }
    }

    private void problem(String pointer, String message) {
        if (!problems.has(pointer)) {
            problems.invalid(pointer, message);
        }
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        if (some.isEmpty() || others.isEmpty()) {
            return some.isEmpty() ? others : some;
        }
        Set<String> all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }
}
