package dev.ratchet.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ratchet.document.DocumentReader;
import dev.ratchet.document.EdgeDocument;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.GraphDocument;
import dev.ratchet.document.Pointers;
import dev.ratchet.document.Problem;
import dev.ratchet.document.Problems;
import dev.ratchet.document.RetryDocument;
import dev.ratchet.document.TaskDocument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks the form of tasks as far as it depends on their types: own fields, input, output schema. */
final class FormCheck {
    private static final String BODY = "body";

    /** Bodies within bodies (contract, part 10). */
    private static final int MAX_NESTING = 8;

    private final TaskType.Catalogue types;
    private final SchemaChecks schemas;
    private final ChildGraphs children;
    private final String ownQueue;
    private final OutputSchemas outputSchemas = new OutputSchemas();
    private final Problems problems;
    private int nesting;
    private int tasks;

    FormCheck(
            TaskType.Catalogue types, SchemaChecks schemas, ChildGraphs children, String ownQueue, Problems problems) {
        this.ownQueue = ownQueue;
        this.children = children;
        this.types = types;
        this.schemas = schemas;
        this.problems = problems;
    }

    /** How many tasks there are, those in bodies included. */
    int tasks() {
        return tasks;
    }

    /** One entry for each task; absent where a problem was reported. */
    List<@Nullable TaskForm> check(GraphDocument graph) {
        tasks += graph.tasks().size();
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
            problems.invalid(
                    task.type().pointer(),
                    "Expected a task type this engine offers (" + offered + "), but "
                            + (name.length() <= 64 ? "'" + name + "'" : "this one") + " is none of them");
        }
        return type;
    }

    private TaskForm check(TaskDocument task, TaskType type, Set<String> fed) {
        Holes holes = new Holes(union(type.verbatimFields(), type.expressionFields()), Set.of());
        List<Problem> found = new ArrayList<>();
        for (SchemaProblem miss : schemas.check(type.configSchema(), task.config(), holes)) {
            found.add(invalid(task.atConfig(Pointers.path("", miss.path())), miss.message()));
        }
        addNew(found, task);
        List<Problem> inspected = new ArrayList<>();
        TaskType.Inspector inspector = types.inspector(type.name());
        boolean quick = inspector.inspect(
                task.config(),
                (pointer, code, message) -> inspected.add(new Problem(task.atConfig(pointer), code.wire(), message)));
        inspected.addAll(childProblems(task, inspector));
        Predicate<Problem> isOfForm = problem -> problem.code().equals(ErrorCode.INVALID_INPUT.wire());
        addNew(inspected.stream().filter(isOfForm).toList(), task);
        checkInput(task, type, inspector, fed);
        if (type.mode() == Policies.ExecutionMode.EXTERNAL) {
            checkQueue(task, type);
        }
        boolean sound = found.isEmpty() && inspected.stream().noneMatch(isOfForm);
        Steering steering = sound ? inspector.steering(task.config()) : Steering.NONE;
        return new TaskForm(
                type,
                quick,
                steering,
                steering.repeats() == null ? null : body(task),
                inspected.stream().filter(isOfForm.negate()).toList());
    }

    private void checkQueue(TaskDocument task, TaskType type) {
        String queue = task.options().taskQueue();
        if (queue == null) {
            problems.invalid(task.pointer(), "Expected a task_queue for an " + type.name() + ", but there is none");
        } else if (queue.equals(ownQueue)) {
            problems.invalid(
                    task.pointer() + "/task_queue",
                    "Expected the task_queue of a worker of yours for an " + type.name()
                            + ", but it is the engine's own");
        }
    }

    private List<Problem> childProblems(TaskDocument task, TaskType.Inspector inspector) {
        TaskType.Child child = inspector.child(task.config());
        return child == null
                ? List.of()
                : children.check(child.document()).stream()
                        .map(problem -> new Problem(
                                task.atConfig(child.pointer() + problem.pointer()), problem.code(), problem.message()))
                        .toList();
    }

    /** Goes no deeper than the limit says, whatever was sent. */
    private TaskForm.@Nullable BodyForm body(TaskDocument task) {
        if (nesting == MAX_NESTING) {
            problems.invalid(
                    task.at(BODY),
                    "Expected bodies to be nested at most " + MAX_NESTING + " deep, but these are deeper");
            return null;
        }
        if (!RetryDocument.NONE.equals(task.options().retry())) {
            problems.invalid(
                    task.at("retry"), "Expected retry on the tasks of a body, but it is on the task that repeats them");
        }
        nesting++;
        GraphDocument graph = DocumentReader.readBody(task.config().path(BODY), task.atConfig("/" + BODY), problems);
        List<TaskForm> forms = check(graph).stream()
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
        graph.tasks().forEach(this::refuseGroup);
        nesting--;
        return new TaskForm.BodyForm(graph, forms);
    }

    private void refuseGroup(TaskDocument task) {
        if (task.options().group() != null) {
            problems.invalid(
                    task.at("group"), "Expected groups of tasks outside bodies, but '" + task.id() + "' is in one");
        }
    }

    private void checkInput(TaskDocument task, TaskType type, TaskType.Inspector inspector, Set<String> fed) {
        JsonNode input = task.values().input();
        if (input != null && input.isTextual() && Holes.isWhole(input.textValue())) {
            return;
        }
        if (input != null && !input.isObject() && !fed.isEmpty()) {
            problems.invalid(
                    task.at("input"), "Expected input to be an object, since edges feed fields of it, but it is none");
            return;
        }
        JsonNode own = inspector.inputSchema(task.config());
        JsonNode schema = own == null ? type.inputSchema() : own;
        if (schema == null) {
            return;
        }
        String base = input == null ? task.pointer() : task.at("input");
        JsonNode value = input == null ? JsonNodeFactory.instance.objectNode() : input;
        List<Problem> found = new ArrayList<>();
        for (SchemaProblem miss : schemas.check(schema, value, new Holes(Set.of(), fed))) {
            found.add(invalid(Pointers.path(base, miss.path()), miss.message()));
        }
        addNew(found, task);
    }

    /** What was found wrong at one place before need not be said again; of the task as a whole several things may be. */
    private void addNew(List<Problem> found, TaskDocument task) {
        found.stream()
                .filter(problem -> problem.pointer().equals(task.pointer()) || !problems.has(problem.pointer()))
                .toList()
                .forEach(problems::add);
    }

    private static Problem invalid(String pointer, String message) {
        return new Problem(pointer, ErrorCode.INVALID_INPUT.wire(), message);
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
