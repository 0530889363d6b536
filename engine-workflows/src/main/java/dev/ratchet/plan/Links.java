package dev.ratchet.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.EdgeDocument;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.GraphDocument;
import dev.ratchet.document.Located;
import dev.ratchet.document.Problems;
import dev.ratchet.document.TaskDocument;
import dev.ratchet.document.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The edges of one graph with their ends looked up. Tasks are numbered in document order. Edges that are in error are
 * reported and left out, so that everything after sees a graph, though perhaps one with cycles.
 */
final class Links {
    private final List<TaskDocument> tasks;
    private final Map<String, Integer> indexOf;
    private final List<List<EdgeDocument>> incoming;
    private final int[][] sources;

    private Links(List<TaskDocument> tasks, Map<String, Integer> indexOf, List<List<EdgeDocument>> incoming) {
        this.tasks = tasks;
        this.indexOf = indexOf;
        this.incoming = incoming;
        this.sources = new int[tasks.size()][];
        for (int i = 0; i < sources.length; i++) {
            List<EdgeDocument> edges = incoming.get(i);
            sources[i] = new int[edges.size()];
            for (int e = 0; e < edges.size(); e++) {
                sources[i][e] = indexOf(edges.get(e).from().value());
            }
        }
    }

    static Links of(GraphDocument graph, Problems problems) {
        List<TaskDocument> tasks = graph.tasks();
        Map<String, Integer> indexOf = HashMap.newHashMap(tasks.size());
        List<List<EdgeDocument>> incoming = new ArrayList<>(tasks.size());
        for (int i = 0; i < tasks.size(); i++) {
            indexOf.put(tasks.get(i).id(), i);
            incoming.add(new ArrayList<>(2));
        }
        Map<Integer, Target> targets = new HashMap<>();
        for (EdgeDocument edge : graph.edges()) {
            boolean known = exists(edge.from(), indexOf, problems) & exists(edge.to(), indexOf, problems);
            Integer to = indexOf.get(edge.to().value());
            if (known
                    && to != null
                    && targets.computeIfAbsent(to, key -> new Target()).accepts(edge, problems)) {
                incoming.get(to).add(edge);
            }
        }
        return new Links(tasks, indexOf, incoming);
    }

    private static boolean exists(Located<String> end, Map<String, Integer> indexOf, Problems problems) {
        if (indexOf.containsKey(end.value())) {
            return true;
        }
        problems.add(
                end.pointer(),
                ErrorCode.DEP_NOT_FOUND,
                "Expected a task of this graph, but there is no '" + brief(end.value()) + "'");
        return false;
    }

    private static String brief(String id) {
        return Text.cut(id, 64);
    }

    /** What one task has been given so far. */
    private static final class Target {
        private final Set<Key> edges = new HashSet<>();
        private final Map<String, String> inputs = new HashMap<>();

        /** Edges that say the same thing twice. */
        private record Key(
                String from,
                @Nullable String port,
                @Nullable String toInput,
                @Nullable JsonNode condition) {}

        boolean accepts(EdgeDocument edge, Problems problems) {
            Key key = new Key(edge.from().value(), value(edge.port()), value(edge.toInput()), value(edge.condition()));
            if (!edges.add(key)) {
                problems.add(
                        edge.pointer(),
                        ErrorCode.DAG_INVALID,
                        "Expected each edge once, but the one from '" + key.from() + "' to '"
                                + edge.to().value() + "' is repeated");
                return false;
            }
            Located<String> input = edge.toInput();
            return input == null || feeds(input, edge.to().value(), problems);
        }

        private boolean feeds(Located<String> input, String to, Problems problems) {
            boolean list = input.value().endsWith("[]");
            String name = list ? input.value().substring(0, input.value().length() - 2) : input.value();
            String before = inputs.putIfAbsent(name, input.value());
            if (before == null || (list && before.equals(input.value()))) {
                return true;
            }
            problems.add(
                    input.pointer(),
                    ErrorCode.DAG_INVALID,
                    "Expected one edge to feed '" + name + "' of '" + to + "', but there are two; '" + name
                            + "[]' collects several");
            return false;
        }

        private static <T> @Nullable T value(@Nullable Located<T> located) {
            return located == null ? null : located.value();
        }
    }

    int size() {
        return tasks.size();
    }

    TaskDocument task(int index) {
        return tasks.get(index);
    }

    /** The number of a task, -1 when the graph has none of that id. */
    int indexOf(String id) {
        return indexOf.getOrDefault(id, -1);
    }

    /** Sound edges into a task, in the order written. */
    List<EdgeDocument> incoming(int index) {
        return incoming.get(index);
    }

    /** The sources of {@link #incoming}, one for each edge. Callers must not change the array. */
    int[] sources(int index) {
        return sources[index];
    }
}
