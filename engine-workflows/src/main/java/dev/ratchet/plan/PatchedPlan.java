package dev.ratchet.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A patched graph beside the one it was made from. Tasks that the patch left alone may have run: their nodes stay what they
 * are to the last byte, and whatever new edges want to know of their outputs is asked late, when the target's verdict is due,
 * because nobody has answered it.
 */
public final class PatchedPlan {
    private final Plan before;
    private final Scope compiled;
    private final Set<String> touched;

    private PatchedPlan(Plan before, Scope compiled, Set<String> touched) {
        this.before = before;
        this.compiled = compiled;
        this.touched = touched;
    }

    /**
     * The plan of the patched graph.
     *
     * @param compiled of the patched document
     * @param touched ids of the tasks that the two documents do not write alike, edges into them included
     */
    public static Plan of(Plan before, Plan compiled, Set<String> touched) {
        return new PatchedPlan(before, compiled.root(), touched).plan();
    }

    /**
     * A graph of which some tasks were carried out elsewhere: their outputs are there, and nobody can be asked about them
     * any more.
     *
     * @param kept ids of those tasks
     */
    public static Plan keeping(Plan plan, Set<String> kept) {
        List<Node> nodes = plan.root().nodes().stream()
                .map(node -> kept.contains(node.id())
                        ? node.withEdges(node.task().withQuestions(List.of()), node.edges(), node.late())
                        : node)
                .toList();
        Set<String> asked = plan.root().nodes().stream()
                .map(Node::id)
                .filter(id -> !kept.contains(id))
                .collect(Collectors.toCollection(TreeSet::new));
        PatchedPlan patched = new PatchedPlan(new Plan(plan.policy(), new Scope(nodes)), plan.root(), asked);
        return new Plan(
                plan.policy(),
                new Scope(plan.root().nodes().stream()
                        .map(node -> patched.fitted(node, patched.known(node.id())))
                        .toList()));
    }

    private Plan plan() {
        List<Node> nodes = new ArrayList<>(compiled.size());
        for (Node node : compiled.nodes()) {
            Node known = known(node.id());
            boolean same = known != null && node.edges().stream().allMatch(edge -> known(edge.from()) != null);
            nodes.add(same ? known : fitted(node, known));
        }
        return new Plan(before.policy(), new Scope(nodes));
    }

    /** The node of a task as it was; absent when the patch made or changed the task. */
    private @Nullable Node known(String id) {
        int index = before.root().indexOf(id);
        return index < 0 || touched.contains(id) ? null : before.root().node(index);
    }

    private Node fitted(Node node, @Nullable Node known) {
        List<JsonNode> late = new ArrayList<>(node.late());
        List<Edge> edges = node.edges().stream().map(edge -> fitted(edge, late)).toList();
        TaskSpec task = known == null
                ? node.task()
                : node.task().withQuestions(known.task().questions());
        return node.withEdges(task, edges, late);
    }

    /** The edge with its questions where its source answers them, or among the late ones of its target. */
    private Edge fitted(Edge edge, List<JsonNode> late) {
        Node source = known(edge.from());
        if (source == null) {
            return edge;
        }
        List<Question> answered = source.task().questions();
        Question port = question(edge, edge.portQuestion());
        Question condition = question(edge, edge.conditionQuestion());
        int portAt = port == null ? -1 : answered.indexOf(port);
        int conditionAt = condition == null ? -1 : answered.indexOf(condition);
        boolean answers = (port == null || portAt >= 0) && (condition == null || conditionAt >= 0);
        return answers
                ? edge.asking(portAt, conditionAt, edge.lateCondition())
                : edge.asking(-1, -1, later(edge, condition, late));
    }

    private @Nullable Question question(Edge edge, int index) {
        Node source = compiled.node(compiled.indexOf(edge.from()));
        return index < 0 ? null : source.task().questions().get(index);
    }

    private static @Nullable JsonNode condition(@Nullable Question question) {
        return switch (question) {
            case Question.Holds(JsonNode json) -> json;
            case Question.Took took -> took.condition();
            case Question.Port port -> null;
            case null -> null;
        };
    }

    /** One late entry for all that an edge asks. */
    private static int later(Edge edge, @Nullable Question condition, List<JsonNode> late) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode().put("from", edge.from());
        int index = edge.lateCondition();
        if (index >= 0) {
            entry.setAll((ObjectNode) late.get(index));
        }
        if (edge.port() != null) {
            entry.put("port", edge.port());
        }
        if (condition instanceof Question.Took took) {
            entry.put("took", took.id());
        }
        JsonNode own = condition(condition);
        if (own != null) {
            entry.set("condition", own);
        }
        if (index >= 0) {
            late.set(index, entry);
            return index;
        }
        late.add(entry);
        return late.size() - 1;
    }
}
