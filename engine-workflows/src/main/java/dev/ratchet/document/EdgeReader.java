package dev.ratchet.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads dependencies, as entries of {@code deps} and as {@code edges}, into one list. */
final class EdgeReader {
    private static final int NAME = 256;

    private final Problems problems;
    private final List<EdgeDocument> read = new ArrayList<>();

    EdgeReader(Problems problems) {
        this.problems = problems;
    }

    List<EdgeDocument> edges() {
        return read;
    }

    void readDeps(@Nullable JsonNode deps, String pointer, Located<String> to) {
        for (int i = 0; deps != null && i < deps.size(); i++) {
            readDep(deps.get(i), Pointers.element(pointer, i), to);
        }
    }

    private void readDep(JsonNode dep, String pointer, Located<String> to) {
        if (dep.isTextual()) {
            String from = dep.textValue();
            if (from.isEmpty() || from.length() > Ids.MAX) {
                problems.invalid(
                        pointer,
                        "Expected the id of a task, 1 to " + Ids.MAX + " characters, but it has " + from.length());
            }
            read.add(new EdgeDocument(pointer, new Located<>(from, pointer), to, null, null, null));
        } else if (dep instanceof ObjectNode object) {
            Fields fields = new Fields(object, pointer, problems);
            add(fields, end(fields, object, "task"), to, "port", "to_input", "when");
            fields.refuseOthers("a dependency");
        } else {
            problems.invalid(
                    pointer,
                    "Expected a dependency to be the id of a task or an object, but it is " + Fields.kind(dep));
        }
    }

    void readEdges(@Nullable JsonNode edges, String pointer) {
        for (int i = 0; edges != null && i < edges.size(); i++) {
            String at = Pointers.element(pointer, i);
            if (edges.get(i) instanceof ObjectNode object) {
                readEdge(object, at);
            } else {
                problems.invalid(at, "Expected an edge to be an object, but it is " + Fields.kind(edges.get(i)));
            }
        }
    }

    private void readEdge(ObjectNode edge, String pointer) {
        Fields fields = new Fields(edge, pointer, problems);
        Located<String> from = end(fields, edge, oneName(fields, edge, "from", "source"));
        Located<String> to = end(fields, edge, oneName(fields, edge, "to", "target"));
        add(
                fields,
                from,
                to,
                oneName(fields, edge, "from_output", "sourceOutput"),
                oneName(fields, edge, "to_input", "targetInput"),
                oneName(fields, edge, "condition", "when"));
        fields.refuseOthers("an edge");
    }

    /** Which of two names of one field is used; both at once are refused. */
    private String oneName(Fields fields, ObjectNode edge, String name, String alias) {
        if (!edge.has(alias)) {
            return name;
        }
        if (edge.has(name)) {
            fields.any(name);
            problems.invalid(
                    fields.at(alias), "Expected one of " + name + " and " + alias + ", but this edge has both");
        }
        return alias;
    }

    private @Nullable Located<String> end(Fields fields, ObjectNode edge, String name) {
        if (!edge.has(name)) {
            problems.invalid(fields.pointer(), "Expected " + name + " to name a task, but it is missing");
        }
        String id = fields.text(name, Ids.MAX);
        return id == null ? null : new Located<>(id, fields.at(name));
    }

    private void add(
            Fields fields,
            @Nullable Located<String> from,
            @Nullable Located<String> to,
            String portName,
            String inputName,
            String conditionName) {
        Located<String> port = located(fields, portName, fields.text(portName, NAME));
        Located<String> input = located(fields, inputName, fields.text(inputName, NAME));
        Located<JsonNode> condition =
                located(fields, conditionName, TaskReader.condition(fields, conditionName, problems));
        if (input != null && !isInput(input.value())) {
            fields.refuse(inputName, "an input field, name or name[]", "it is not");
        }
        if (from != null && to != null) {
            read.add(new EdgeDocument(fields.pointer(), from, to, port, input, condition));
        }
    }

    private static <T> @Nullable Located<T> located(Fields fields, String name, @Nullable T value) {
        return value == null ? null : new Located<>(value, fields.at(name));
    }

    private static boolean isInput(String text) {
        String name = text.endsWith("[]") ? text.substring(0, text.length() - 2) : text;
        return !name.isEmpty() && name.indexOf('[') < 0 && name.indexOf(']') < 0;
    }
}
