package dev.ratchet.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.Text;
import dev.ratchet.expression.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Pictures of a plan with the states of its tasks, in document order. Labels are escaped, so that whatever a document says
 * in a port or condition stays text.
 */
public final class Graphs {
    private static final int LABEL = 60;
    private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9 _.,:+*/=()!?'-]");
    private static final Map<String, String> COLOURS = Map.of(
            "pending", "#e5e7eb",
            "running", "#bfdbfe",
            "waiting", "#fde68a",
            "completed", "#bbf7d0",
            "failed", "#fecaca",
            "skipped", "#f3f4f6",
            "cancelled", "#e9d5ff");

    private Graphs() {}

    /**
     * The plan as {@code {"nodes": […], "edges": […]}}.
     *
     * @param states the state of a task by its id, absent where it has none
     */
    public static JsonNode json(Plan plan, Function<String, @Nullable String> states) {
        ObjectNode graph = JsonNodeFactory.instance.objectNode();
        ArrayNode nodes = graph.putArray("nodes");
        ArrayNode edges = graph.putArray("edges");
        for (Node node : plan.root().nodes()) {
            ObjectNode json = nodes.addObject()
                    .put("id", node.id())
                    .put("type", node.task().type());
            put(json, "state", states.apply(node.id()));
            put(json, "group", node.group());
            for (Edge edge : node.edges()) {
                ObjectNode link = edges.addObject().put("from", edge.from()).put("to", node.id());
                put(link, "from_output", edge.port());
                put(link, "to_input", edge.toInput());
                JsonNode condition = condition(plan.root(), node, edge);
                if (condition != null) {
                    link.set("condition", condition);
                }
            }
        }
        return graph;
    }

    private static void put(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    /** The plan as a Mermaid flowchart. */
    public static String mermaid(Plan plan, Function<String, @Nullable String> states) {
        StringBuilder text = new StringBuilder("flowchart TD\n");
        Scope scope = plan.root();
        for (Node node : scope.nodes()) {
            String state = states.apply(node.id());
            text.append("  n").append(scope.indexOf(node.id())).append("[\"").append(label(node.id()));
            text.append(state == null ? "\"]\n" : "<br/>" + label(state) + "\"]:::" + className(state) + '\n');
        }
        for (Node node : scope.nodes()) {
            for (Edge edge : node.edges()) {
                String label = mermaidEscaped(edgeLabel(scope, node, edge));
                text.append("  n").append(scope.indexOf(edge.from()));
                text.append(label.isEmpty() ? " --> n" : " -->|\"" + label + "\"| n");
                text.append(scope.indexOf(node.id())).append('\n');
            }
        }
        COLOURS.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(colour -> text.append("  classDef ")
                        .append(colour.getKey())
                        .append(" fill:")
                        .append(colour.getValue())
                        .append(",stroke:#374151,color:#111827\n"));
        return text.toString();
    }

    /** The plan in Graphviz' DOT. */
    public static String dot(Plan plan, Function<String, @Nullable String> states) {
        StringBuilder text = new StringBuilder("digraph run {\n  node [shape=box, style=\"rounded,filled\"];\n");
        Scope scope = plan.root();
        for (Node node : scope.nodes()) {
            String state = states.apply(node.id());
            text.append("  ").append(quoted(node.id())).append(" [label=");
            text.append(state == null ? quoted(node.id()) : quoted(node.id(), state));
            String colour = state == null ? "#ffffff" : COLOURS.getOrDefault(state, "#ffffff");
            text.append(", fillcolor=\"").append(colour).append("\"];\n");
        }
        for (Node node : scope.nodes()) {
            for (Edge edge : node.edges()) {
                String label = edgeLabel(scope, node, edge);
                text.append("  ").append(quoted(edge.from())).append(" -> ").append(quoted(node.id()));
                text.append(label.isEmpty() ? ";\n" : " [label=" + quoted(label) + "];\n");
            }
        }
        return text.append("}\n").toString();
    }

    private static String edgeLabel(Scope scope, Node target, Edge edge) {
        List<String> parts = new ArrayList<>();
        if (edge.port() != null) {
            parts.add(edge.port());
        }
        JsonNode condition = condition(scope, target, edge);
        if (condition != null) {
            parts.add(Condition.parse(condition).text());
        }
        if (edge.toInput() != null) {
            parts.add("to " + edge.toInput());
        }
        String label = parts.stream().map(Graphs::brief).collect(Collectors.joining(", "));
        return Text.brief(label, Integer.MAX_VALUE);
    }

    private static @Nullable JsonNode condition(Scope scope, Node target, Edge edge) {
        if (edge.lateCondition() >= 0) {
            return target.late().get(edge.lateCondition()).get("condition"); // absent when it asks for a port only
        }
        if (edge.conditionQuestion() < 0) {
            return null;
        }
        Node source = scope.node(scope.indexOf(edge.from()));
        return source.task().questions().get(edge.conditionQuestion()) instanceof Question.Holds(JsonNode condition)
                ? condition
                : null;
    }

    private static String brief(String text) {
        return Text.cut(text, LABEL);
    }

    private static String label(String text) {
        return mermaidEscaped(text);
    }

    private static String className(String state) {
        return COLOURS.containsKey(state) ? state : "pending";
    }

    /** Everything but plain characters as a numeric entity, which Mermaid shows and never interprets. */
    private static String mermaidEscaped(String text) {
        return UNSAFE.matcher(text).replaceAll(found -> "#" + found.group().codePointAt(0) + ";");
    }

    private static String quoted(String... lines) {
        return Stream.of(lines)
                .map(line -> line.replace("\\", "\\\\").replace("\"", "\\\""))
                .collect(Collectors.joining("\\n", "\"", "\""));
    }
}
