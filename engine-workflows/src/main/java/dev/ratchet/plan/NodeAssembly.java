package dev.ratchet.plan;

import com.fasterxml.jackson.databind.JsonNode;
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

    NodeAssembly(Links links, EffectivePolicy policy, List<String> runMemory) {
        this.links = links;
        this.policy = policy;
        this.runMemory = List.copyOf(runMemory);
        this.questions = new ArrayList<>(Collections.nCopies(links.size(), Map.of()));
    }

    /** Nodes in document order; both lists have an entry for each task. */
    List<Node> nodes(List<TaskForm> forms, List<TaskExpressions.Result> expressions) {
        List<List<Edge>> edges = new ArrayList<>(links.size());
        for (int i = 0; i < links.size(); i++) {
            edges.add(edges(i, expressions.get(i)));
        }
        List<Node> nodes = new ArrayList<>(links.size());
        for (int i = 0; i < links.size(); i++) {
            nodes.add(node(i, forms.get(i), edges.get(i), expressions.get(i)));
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
                    condition instanceof TaskExpressions.EdgeCondition.AtSource(JsonNode json)
                            ? ask(source, new Question.Holds(json))
                            : -1,
                    condition instanceof TaskExpressions.EdgeCondition.Late ? late++ : -1));
        }
        return edges;
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

    private Node node(int index, TaskForm form, List<Edge> edges, TaskExpressions.Result expressions) {
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
                policy.retry(task),
                options.allowFailure(),
                options.group(),
                options.taskQueue(),
                options.cost(),
                options.priority(),
                null);
    }

    private TaskSpec spec(TaskDocument task, TaskType type, int index, TaskExpressions.Result expressions) {
        TaskDocument.Values values = task.values();
        return new TaskSpec(
                task.id(),
                type.name(),
                task.config().isEmpty() ? null : task.config(),
                values.input(),
                values.outputSchema(),
                memory(type, values.memory()),
                values.metadata(),
                List.copyOf(questions.get(index).keySet()),
                List.copyOf(expressions.reads()),
                policy.timeoutMs(task, type));
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
