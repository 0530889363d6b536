package dev.ratchet.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads run documents: finds everything that is wrong with the form of one at once, each with a pointer into the body.
 * What a document means is the plan's business. Thread-safe.
 */
public final class DocumentReader {
    private static final int LABELS = 16;
    private static final int LABEL = 63;
    private static final int NAME = 256;

    private DocumentReader() {}

    /** Reads a document as submitted: it has at least one task. */
    public static Reading read(JsonNode body) {
        return new Session(false).read(body);
    }

    /** Reads a document as a patch left it: it may have no task at all. */
    public static Reading readRevision(JsonNode body) {
        return new Session(true).read(body);
    }

    /**
     * Reads the tasks of a composite task's body.
     *
     * @param pointer where the array stands
     * @param problems takes what is wrong with their form
     */
    public static GraphDocument readBody(JsonNode tasks, String pointer, Problems problems) {
        Session session = new Session(false, problems);
        EdgeReader edges = new EdgeReader(problems);
        List<TaskDocument> read = session.tasks(tasks, pointer, GraphDocument.Form.TASKS, edges);
        return new GraphDocument(GraphDocument.Form.TASKS, pointer, pointer, read, edges.edges());
    }

    /**
     * Reads the policy of a configuration.
     *
     * @param problems takes what is wrong with it, pointers relative to the policy
     */
    public static PolicyDocument readPolicy(JsonNode policy, Problems problems) {
        if (policy.isMissingNode() || policy.isNull()) {
            return PolicyDocument.NONE;
        }
        if (!(policy instanceof ObjectNode object)) {
            problems.invalid("", "Expected a policy to be an object, but it is " + Fields.kind(policy));
            return PolicyDocument.NONE;
        }
        return new PolicyReader(problems).read(object, "");
    }

    /** One reading. */
    private static final class Session {
        private final Problems problems;
        private final boolean mayBeEmpty;

        Session(boolean mayBeEmpty) {
            this(mayBeEmpty, new Problems());
        }

        Session(boolean mayBeEmpty, Problems problems) {
            this.mayBeEmpty = mayBeEmpty;
            this.problems = problems;
        }

        Reading read(JsonNode body) {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            if (body instanceof ObjectNode object) {
                json = object;
            } else {
                problems.invalid("", "Expected a run document to be an object, but it is " + Fields.kind(body));
            }
            RunDocument document = document(json, body instanceof ObjectNode);
            return new Reading(document, problems.list());
        }

        private RunDocument document(ObjectNode json, boolean wanted) {
            Fields fields = new Fields(json, "", problems);
            RunDocument.About about = new RunDocument.About(
                    fields.id("id", Ids.MAX),
                    fields.text("name", NAME),
                    labels(fields),
                    fields.id("organization", Ids.MAX_ORGANIZATION));
            JsonNode input = fields.any("input");
            List<String> memory = fields.texts("memory");
            PolicyDocument policy = new PolicyReader(problems).read(fields.object("policy"), "/policy");
            GraphDocument graph = graph(fields, json, wanted);
            fields.refuseOthers("a run document");
            return new RunDocument(
                    about, input == null ? JsonNodeFactory.instance.objectNode() : input, memory, policy, graph);
        }

        private Map<String, String> labels(Fields fields) {
            ObjectNode json = fields.object("labels");
            Map<String, String> labels = new LinkedHashMap<>();
            if (json == null) {
                return labels;
            }
            if (json.size() > LABELS) {
                fields.refuse("labels", "at most " + LABELS, "there are " + json.size());
                return labels;
            }
            Fields values = new Fields(json, fields.at("labels"), problems);
            json.fieldNames().forEachRemaining(name -> label(values, name, labels));
            return labels;
        }

        private void label(Fields values, String name, Map<String, String> labels) {
            int length = name.codePointCount(0, name.length());
            if (length == 0 || length > LABEL) {
                problems.invalid(
                        values.at(name),
                        "Expected the name of a label to have 1 to " + LABEL + " characters, but it has " + length);
                return;
            }
            JsonNode value = values.any(name);
            if (value != null && value.isTextual() && value.textValue().isEmpty()) {
                labels.put(name, "");
                return;
            }
            String text = values.text(name, LABEL);
            if (text != null) {
                labels.put(name, text);
            }
        }

        private GraphDocument graph(Fields fields, ObjectNode json, boolean wanted) {
            boolean nodes = json.has("nodes") || (json.has("edges") && !json.has("tasks"));
            GraphDocument.Form form = nodes ? GraphDocument.Form.NODES : GraphDocument.Form.TASKS;
            String name = nodes ? "nodes" : "tasks";
            if (nodes && json.has("tasks")) {
                fields.any("tasks");
                problems.invalid("/tasks", "Expected either tasks, or nodes and edges, but there are both");
            } else if (!nodes && json.has("edges")) {
                fields.any("edges");
                problems.invalid("/edges", "Expected edges beside nodes, but there are tasks: their edges are deps");
            }
            JsonNode array = fields.array(name);
            EdgeReader edges = new EdgeReader(problems);
            List<TaskDocument> tasks = tasks(array, "/" + name, form, edges);
            if (nodes) {
                edges.readEdges(fields.array("edges"), "/edges");
            }
            if (wanted && !mayBeEmpty && (array == null || array.isEmpty())) {
                tooFew(json, name);
            }
            return new GraphDocument(form, "/" + name, nodes ? "/edges" : "/" + name, tasks, edges.edges());
        }

        private void tooFew(ObjectNode json, String name) {
            String pointer = json.has(name) ? "/" + name : "";
            if (!problems.has(pointer) || pointer.isEmpty()) {
                problems.invalid(pointer, "Expected at least one task, but there is none");
            }
        }

        private List<TaskDocument> tasks(
                @Nullable JsonNode array, String pointer, GraphDocument.Form form, EdgeReader edges) {
            TaskReader reader = new TaskReader(problems, edges);
            List<TaskDocument> tasks = new ArrayList<>();
            Map<String, String> seen = new HashMap<>();
            for (int i = 0; array != null && i < array.size(); i++) {
                TaskDocument task = reader.read(array.get(i), Pointers.element(pointer, i), form);
                if (task != null) {
                    tasks.add(task);
                    unique(task, seen);
                }
            }
            return tasks;
        }

        private void unique(TaskDocument task, Map<String, String> seen) {
            if (task.id().isEmpty()) {
                return;
            }
            String first = seen.putIfAbsent(task.id(), task.pointer());
            if (first != null) {
                problems.invalid(
                        Pointers.member(task.pointer(), "id"),
                        "Expected ids of tasks to be unique, but '" + task.id() + "' is also that of " + first);
            }
        }
    }
}
