package dev.ratchet.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.EdgeDocument;
import dev.ratchet.document.Located;
import dev.ratchet.document.TaskDocument;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts the nodes of a sound graph together. */
final class NodeAssembly {
    private final Links links;
    private final EffectivePolicy policy;
    private final List<String> runMemory;
    /** For each task the questions about its output, by their number. */
    private final List<Map<Question, Integer>> questions;

    private List<TaskForm> forms = List.of();

    NodeAssembly(Links links, EffectivePolicy policy, List<String> runMemory) {
        this.links = links;
        this.policy = policy;
        this.runMemory = List.copyOf(runMemory);
        this.questions = new ArrayList<>(Collections.nCopies(links.size(), Map.of()));
    }

    /** Nodes in document order; both lists have an entry for each task. */
    List<Node> nodes(List<TaskForm> all, List<TaskExpressions.Result> expressions, Map<Integer, Body> bodies) {
        forms = all;
        List<List<Edge>> edges = new ArrayList<>(links.size());
        for (int i = 0; i < links.size(); i++) {
            edges.add(edges(i, expressions.get(i)));
        }
        List<Node> nodes = new ArrayList<>(links.size());
        for (int i = 0; i < links.size(); i++) {
            nodes.add(node(i, edges.get(i), expressions.get(i), bodies.get(i)));
        }
        return nodes;
    }

    private List<Edge> edges(int target, TaskExpressions.Result expressions) {
        List<EdgeDocument> written = links.incoming(target);
        List<Edge> edges = new ArrayList<>(written.size());
        int late = 0;
        for (int i = 0; i < written.size(); i++) {
            EdgeDocument edge = written.get(i);
            TaskExpressions.EdgeCondition condition = expressions.conditions().get(i);
            String port = value(edge.port());
            int source = links.sources(target)[i];
            edges.add(new Edge(
                    edge.from().value(),
                    port,
                    value(edge.toInput()),
                    port == null ? -1 : ask(source, new Question.Port(port)),
                    askWhether(source, target, condition),
                    condition instanceof TaskExpressions.EdgeCondition.Late ? late++ : -1));
        }
        return edges;
    }

    private int askWhether(int source, int target, TaskExpressions.EdgeCondition condition) {
        String id = links.task(target).id();
        JsonNode own = condition instanceof TaskExpressions.EdgeCondition.AtSource(JsonNode json) ? json : null;
        boolean chosen = forms.get(source).steering().targets().stream()
                .anyMatch(named -> named.id().equals(id));
        if (chosen) {
            return ask(source, new Question.Took(id, own));
        }
        return own == null ? -1 : ask(source, new Question.Holds(own));
    }

    private int ask(int source, Question question) {
        Map<Question, Integer> asked = questions.get(source);
        if (asked.isEmpty()) {
            asked = new LinkedHashMap<>(2);
            questions.set(source, asked);
        }
        Integer known = asked.putIfAbsent(question, asked.size());
        return known == null ? asked.size() - 1 : known;
    }

    private static @Nullable String value(@Nullable Located<String> located) {
        return located == null ? null : located.value();
    }

    private Node node(int index, List<Edge> edges, TaskExpressions.Result expressions, @Nullable Body body) {
        TaskForm form = forms.get(index);
        TaskDocument task = links.task(index);
        TaskDocument.Options options = task.options();
        List<JsonNode> late = new ArrayList<>();
        for (TaskExpressions.EdgeCondition condition : expressions.conditions()) {
            if (condition instanceof TaskExpressions.EdgeCondition.Late(JsonNode entry)) {
                late.add(entry);
            }
        }
        return new Node(
                spec(task, form.type(), index, expressions),
                form.type().mode(),
                form.quick(),
                edges,
                late,
                expressions.when(),
                List.copyOf(expressions.lateReads()),
                policy.rule(task),
                body == null ? policy.retry(task) : RetryPolicy.ONCE,
                options.allowFailure(),
                options.group(),
                options.taskQueue(),
                options.cost(),
                options.priority(),
                body);
    }

    private TaskSpec spec(TaskDocument task, TaskType type, int index, TaskExpressions.Result expressions) {
        TaskDocument.Values values = task.values();
        return new TaskSpec(
                task.id(),
                type.name(),
                config(task, index),
                values.input(),
                values.outputSchema(),
                memory(type, values.memory()),
                values.metadata(),
                List.copyOf(questions.get(index).keySet()),
                List.copyOf(expressions.reads()),
                timeoutMs(task, type));
    }

    /** The body is compiled into the plan; nobody needs it as it was written. */
    private @Nullable JsonNode config(TaskDocument task, int index) {
        ObjectNode config = task.config();
        if (forms.get(index).body() != null) {
            config = config.deepCopy();
            config.remove(List.of("body"));
        }
        return config.isEmpty() ? null : config;
    }

    /** What is not handed to a worker as a whole has no time limit unless it says so. */
    private long timeoutMs(TaskDocument task, TaskType type) {
        Long own = task.options().timeoutMs();
        return type.mode() == Policies.ExecutionMode.COMPOSITE || type.mode() == Policies.ExecutionMode.CHILD
                ? (own == null ? TaskSpec.NO_TIMEOUT_MS : own)
                : policy.timeoutMs(task, type);
    }

    /** The run's memory precedes prompts only: other tasks would just carry it about. */
    private List<String> memory(TaskType type, List<String> own) {
        if (type.mode() != Policies.ExecutionMode.PREPARED || runMemory.isEmpty()) {
            return own;
        }
        if (own.isEmpty()) {
            return runMemory;
        }
        List<String> all = new ArrayList<>(runMemory);
        all.addAll(own);
        return all;
    }
}
