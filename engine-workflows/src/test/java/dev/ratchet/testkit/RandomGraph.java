package dev.ratchet.testkit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A generated graph, kept as a model so that it can be written in both spellings and made smaller. Its tasks are {@code
 * function} tasks: {@code echo} returns {@code {"n": n}}, with {@code "yes"} beside it where {@link Task#yes} says so; {@code
 * fail} fails for good.
 *
 * @param policy of the run
 */
public record RandomGraph(ObjectNode policy, List<Task> tasks) {
    public RandomGraph {
        tasks = List.copyOf(tasks);
    }

    /**
     * One task.
     *
     * @param fails whether it fails
     * @param n the number in its output, 0..9
     * @param yes whether its output has the port {@code yes}
     * @param rule its trigger rule; absent for the run's default
     * @param when its own condition; absent when there is none
     */
    public record Task(
            String id,
            boolean fails,
            int n,
            boolean yes,
            @Nullable String rule,
            boolean allowFailure,
            @Nullable String when,
            List<Dep> deps) {
        public Task {
            deps = List.copyOf(deps);
        }

        /** The task with one thing less to say, for each thing that it says. */
        List<Task> plainer() {
            List<Task> plainer = new ArrayList<>();
            if (fails) {
                plainer.add(new Task(id, false, n, yes, rule, allowFailure, when, deps));
            }
            if (rule != null) {
                plainer.add(new Task(id, fails, n, yes, null, allowFailure, when, deps));
            }
            if (allowFailure) {
                plainer.add(new Task(id, fails, n, yes, rule, false, when, deps));
            }
            if (when != null) {
                plainer.add(new Task(id, fails, n, yes, rule, allowFailure, null, deps));
            }
            return plainer;
        }

        Task with(List<Dep> others) {
            return new Task(id, fails, n, yes, rule, allowFailure, when, others);
        }

        /** The task without these sources, and without conditions that name them. */
        Task without(List<String> sources) {
            List<Dep> rest = deps.stream()
                    .filter(dep -> !sources.contains(dep.task()))
                    .map(dep -> mentions(dep.when(), sources) ? new Dep(dep.task(), dep.port(), null) : dep)
                    .toList();
            return new Task(id, fails, n, yes, rule, allowFailure, mentions(when, sources) ? null : when, rest);
        }

        private ObjectNode json() {
            ObjectNode json =
                    JsonNodeFactory.instance.objectNode().put("id", id).put("type", "function");
            json.put("function", fails ? "fail" : "echo");
            ObjectNode input = json.putObject("input");
            if (!fails) {
                input.put("n", n);
                if (yes) {
                    input.put("yes", n);
                }
            }
            if (rule != null) {
                json.put("trigger_rule", rule);
            }
            if (allowFailure) {
                json.put("allow_failure", true);
            }
            if (when != null) {
                json.put("when", when);
            }
            return json;
        }
    }

    /** A dependency; port and condition are absent on plain ones. */
    public record Dep(
            String task, @Nullable String port, @Nullable String when) {
        boolean isPlain() {
            return port == null && when == null;
        }
    }

    /** The document with {@code tasks} and {@code deps}. */
    public ObjectNode asTasks() {
        ObjectNode document = document();
        ArrayNode array = document.putArray("tasks");
        for (Task task : tasks) {
            ObjectNode json = task.json();
            ArrayNode deps = json.putArray("deps");
            array.add(json);
            for (Dep dep : task.deps()) {
                if (dep.isPlain()) {
                    deps.add(dep.task());
                } else {
                    put(put(deps.addObject().put("task", dep.task()), "port", dep.port()), "when", dep.when());
                }
            }
        }
        return document;
    }

    /** The same document with {@code nodes} and {@code edges}. */
    public ObjectNode asNodes() {
        ObjectNode document = document();
        ArrayNode nodes = document.putArray("nodes");
        ArrayNode edges = document.putArray("edges");
        for (Task task : tasks) {
            nodes.add(task.json());
            for (Dep dep : task.deps()) {
                ObjectNode edge = edges.addObject().put("source", dep.task()).put("target", task.id());
                put(put(edge, "sourceOutput", dep.port()), "condition", dep.when());
            }
        }
        return document;
    }

    private ObjectNode document() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        if (!policy.isEmpty()) {
            document.set("policy", policy.deepCopy());
        }
        return document;
    }

    private static ObjectNode put(ObjectNode json, String name, @Nullable String value) {
        return value == null ? json : json.put(name, value);
    }

    /** Graphs one step smaller or plainer, the boldest steps first: what a failing property is tried on next. */
    public List<RandomGraph> smaller() {
        List<RandomGraph> candidates = new ArrayList<>();
        for (int size = tasks.size() / 2; size >= 1; size /= 2) {
            for (int from = 0; from + size <= tasks.size(); from += size) {
                candidates.add(without(tasks.subList(from, from + size)));
            }
        }
        for (int i = 0; i < tasks.size(); i++) {
            Task task = tasks.get(i);
            for (Dep dep : task.deps()) {
                candidates.add(replaced(i, task.without(List.of(dep.task()))));
                if (!dep.isPlain()) {
                    List<Dep> deps = new ArrayList<>(task.deps());
                    deps.set(deps.indexOf(dep), new Dep(dep.task(), null, null));
                    candidates.add(replaced(i, task.with(deps)));
                }
            }
            for (Task plainer : task.plainer()) {
                candidates.add(replaced(i, plainer));
            }
        }
        if (!policy.isEmpty()) {
            candidates.add(new RandomGraph(JsonNodeFactory.instance.objectNode(), tasks));
        }
        candidates.removeIf(candidate -> candidate.tasks().isEmpty());
        return candidates;
    }

    private RandomGraph without(List<Task> removed) {
        List<String> gone = removed.stream().map(Task::id).toList();
        List<Task> rest = new ArrayList<>();
        for (Task task : tasks) {
            if (!gone.contains(task.id())) {
                rest.add(task.without(gone));
            }
        }
        return new RandomGraph(policy, rest);
    }

    private static boolean mentions(@Nullable String condition, List<String> ids) {
        return condition != null && ids.stream().anyMatch(id -> condition.contains("'" + id + "'"));
    }

    private RandomGraph replaced(int index, Task task) {
        List<Task> others = new ArrayList<>(tasks);
        others.set(index, task);
        return new RandomGraph(policy, others);
    }

    @Override
    public String toString() {
        return asTasks().toString();
    }

    /** Ids in document order. */
    public List<String> ids() {
        return tasks.stream().map(Task::id).collect(Collectors.toList());
    }
}
