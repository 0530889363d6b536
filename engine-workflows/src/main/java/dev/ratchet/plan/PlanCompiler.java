package dev.ratchet.plan;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ratchet.document.DocumentReader;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.GraphDocument;
import dev.ratchet.document.Located;
import dev.ratchet.document.Money;
import dev.ratchet.document.PolicyDocument;
import dev.ratchet.document.Problem;
import dev.ratchet.document.Problems;
import dev.ratchet.document.Reading;
import dev.ratchet.document.RunDocument;
import dev.ratchet.expression.Names;
import dev.ratchet.expression.Root;
import dev.ratchet.expression.Templates;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Turns documents into plans: everything a document leaves open is settled here, once, so that nothing later has a doubt
 * left. Takes time in proportion to tasks and edges and recurses into neither. Thread-safe.
 */
public final class PlanCompiler {
    private final TaskType.Catalogue types;
    private final Models models;
    private final Limits limits;
    private final PolicyDocument defaults;
    private final SchemaChecks schemas = new SchemaChecks();
    private final String ownQueue;

    /** Where no task queue is the engine's own. */
    public PlanCompiler(TaskType.Catalogue types, Models models, Limits limits, JsonNode defaultPolicy) {
        this(types, models, limits, defaultPolicy, "");
    }

    /**
     * @param ownQueue the task queue of the engine's own workers, on which nobody else's activities are
     * @param defaultPolicy configuration's {@code defaults.policy}; a missing node for none
     * @throws IllegalArgumentException when that is no sound policy
     */
    public PlanCompiler(
            TaskType.Catalogue types, Models models, Limits limits, JsonNode defaultPolicy, String ownQueue) {
        this.types = types;
        this.ownQueue = ownQueue;
        this.models = models;
        this.limits = limits;
        Problems problems = new Problems();
        this.defaults = DocumentReader.readPolicy(defaultPolicy, problems);
        check(new EffectivePolicy(defaults, PolicyDocument.NONE, limits.parallelism()), "", problems);
        if (!problems.isEmpty()) {
            Problem first = problems.list().get(0);
            throw new IllegalArgumentException(
                    "defaults.policy" + first.pointer().replace('/', '.') + ": " + first.message());
        }
    }

    /** Reads and compiles a document as submitted. */
    public Compilation compile(JsonNode body) {
        return compile(DocumentReader.read(body));
    }

    /** Compiles a document that is inside of others. */
    Compilation compile(JsonNode body, int depth) {
        return compile(DocumentReader.read(body), depth);
    }

    /** Compiles a document that was read without problems. */
    public Compilation compile(RunDocument document) {
        return compile(new Reading(document, List.of()));
    }

    /** Compiles what was read; its problems are reported together with those that only the task types can tell. */
    public Compilation compile(Reading reading) {
        return compile(reading, 0);
    }

    private Compilation compile(Reading reading, int depth) {
        RunDocument document = reading.document();
        GraphDocument graph = document.graph();
        Problems problems = new Problems();
        reading.problems().forEach(problems::add);
        boolean fits = graph.tasks().size() <= limits.tasks() && graph.edges().size() <= limits.edges();
        EffectivePolicy policy = new EffectivePolicy(document.policy(), defaults, limits.parallelism());
        check(policy, "/policy", problems);
        ChildGraphs children = new ChildGraphs(this, depth, policy.hasBudget());
        FormCheck check = new FormCheck(types, schemas, children, ownQueue, problems);
        List<@Nullable TaskForm> forms = fits ? check.check(graph) : new ArrayList<>();
        if (!problems.isEmpty()) {
            return Compilation.refused(problems.list(), List.of());
        }
        if (!fits) {
            checkSize(graph, problems);
            return Compilation.refused(problems.list(), List.of());
        }
        checkSize(graph.pointer(), check.tasks(), limits.tasks(), "tasks, those in bodies included", problems);
        if (!problems.isEmpty()) {
            return Compilation.refused(problems.list(), List.of());
        }
        return compileGraph(
                document, policy, forms.stream().map(Objects::requireNonNull).toList());
    }

    private Compilation compileGraph(RunDocument document, EffectivePolicy policy, List<TaskForm> forms) {
        Problems problems = new Problems();
        ScopeCompiler scope = new ScopeCompiler(
                types, models, document.graph(), forms, new Surroundings(Surroundings.NOTHING, names()), problems);
        scope.check();
        checkMemory(document, problems);
        List<Warning> warnings = new RuleWarnings(document, policy, scope.links()).find(scope.order());
        if (!problems.isEmpty()) {
            return Compilation.refused(problems.list(), warnings);
        }
        return new Compilation(new Plan(policy.plan(), scope.scope(policy, document.memory())), List.of(), warnings);
    }

    private Names names() {
        return Names.of().atMost(limits.expressionBytes());
    }

    private void check(EffectivePolicy policy, String pointer, Problems problems) {
        checkCurrency(policy, problems);
        Integer parallelism = policy.writtenParallelism();
        if (parallelism != null && parallelism > limits.parallelism()) {
            problems.invalid(
                    pointer + "/max_parallelism",
                    "Expected max_parallelism to be at most " + limits.parallelism() + ", but it is " + parallelism);
        }
    }

    private void checkCurrency(EffectivePolicy policy, Problems problems) {
        Located<Money> budget = policy.writtenBudget();
        if (budget != null && !budget.value().currency().equals(models.currency())) {
            problems.invalid(
                    budget.pointer() + "/currency",
                    "Expected a budget in " + models.currency() + ", the currency of the model catalogue, but it is in "
                            + budget.value().currency());
        }
    }

    private void checkSize(GraphDocument graph, Problems problems) {
        checkSize(graph.pointer(), graph.tasks().size(), limits.tasks(), "tasks", problems);
        checkSize(graph.edgesPointer(), graph.edges().size(), limits.edges(), "edges", problems);
    }

    private static void checkSize(String pointer, int size, int limit, String what, Problems problems) {
        if (size > limit) {
            problems.add(
                    pointer,
                    ErrorCode.LIMIT_EXCEEDED,
                    "Expected at most " + limit + " " + what + ", but there are " + size);
        }
    }

    /** The run's memory belongs to no task, so it reads none. */
    private void checkMemory(RunDocument document, Problems problems) {
        for (int i = 0; i < document.memory().size(); i++) {
            JsonNode text = JsonNodeFactory.instance.textNode(document.memory().get(i));
            Templates.check(
                    text,
                    JsonPointer.compile("/memory/" + i),
                    names().with(Root.INPUT, Root.RUN),
                    (pointer, message) -> problems.add(pointer.toString(), ErrorCode.EXPRESSION_INVALID, message));
        }
    }
}
