package dev.ratchet.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A set of nodes that are scheduled together: the top level of a run, or the body of one composite task. Acyclic; every
 * edge stays inside. Nodes are numbered by their place in id order, so that a number order is the id order.
 *
 * <p>Immutable; derived indexes are built once.
 */
public final class Scope {
    private final List<Node> nodes;
    private final List<Node> byId;
    private final Map<String, Integer> indexOf;
    private final int[][] sources;
    private final int[][] targets;
    private final int[] topological;
    private final long instances;

    /** @param nodes in document order; ids unique, edges resolvable, no cycle (else IllegalArgumentException) */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Scope(List<Node> nodes) {
        this.nodes = List.copyOf(nodes);
        this.byId = this.nodes.stream().sorted(Comparator.comparing(Node::id)).toList();
        this.indexOf = HashMap.newHashMap(byId.size());
        for (int i = 0; i < byId.size(); i++) {
            if (indexOf.put(byId.get(i).id(), i) != null) {
                throw new IllegalArgumentException(
                        "Expected unique task ids, but found " + byId.get(i).id() + " twice");
            }
        }
        this.sources = byId.stream().map(this::sourcesOf).toArray(int[][]::new);
        this.targets = invert(sources);
        this.topological = topologicalOrder();
        this.instances = byId.stream().mapToLong(Scope::instances).sum();
    }

    /** The nodes in document order. */
    @JsonValue
    public List<Node> nodes() {
        return nodes;
    }

    public int size() {
        return byId.size();
    }

    /**
     * How many tasks one turn or item of this scope has at least: its own, and those of one turn of each loop in it that runs
     * whatever the others do. How many items a map in it has nobody knows before it begins.
     */
    public long instances() {
        return instances;
    }

    private static long instances(Node node) {
        boolean always = node.edges().isEmpty() && node.when() == null;
        return always && node.body() instanceof Body.Loop loop
                ? 1 + loop.scope().instances()
                : 1;
    }

    /** The node with a number; numbers follow id order. */
    public Node node(int index) {
        return byId.get(index);
    }

    /** The number of a node, -1 when the scope has none of that id. */
    public int indexOf(String id) {
        return indexOf.getOrDefault(id, -1);
    }

    /** Numbers of the distinct tasks that a node depends on, ascending. Callers must not change the array. */
    @SuppressWarnings("AvoidObjectArrays")
    public int[] sources(int index) {
        return sources[index];
    }

    /** Numbers of the distinct tasks that depend on a node, ascending. Callers must not change the array. */
    public int[] targets(int index) {
        return targets[index];
    }

    /** All numbers, sources before targets. Callers must not change the array. */
    public int[] topological() {
        return topological;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Scope scope && nodes.equals(scope.nodes);
    }

    @Override
    public int hashCode() {
        return nodes.hashCode();
    }

    @Override
    public String toString() {
        return "Scope" + nodes;
    }

    private int[] sourcesOf(Node node) {
        return node.edges().stream()
                .mapToInt(edge -> indexOf.getOrDefault(edge.from(), -1))
                .peek(index -> {
                    if (index < 0) {
                        throw new IllegalArgumentException(
                                "Expected every edge of " + node.id() + " to name a task, but one does not");
                    }
                })
                .distinct()
                .sorted()
                .toArray();
    }

    private static int[][] invert(int[][] sources) {
        List<List<Integer>> inverse = new ArrayList<>(sources.length);
        for (int i = 0; i < sources.length; i++) {
            inverse.add(new ArrayList<>(2));
        }
        for (int i = 0; i < sources.length; i++) {
            for (int source : sources[i]) {
                inverse.get(source).add(i);
            }
        }
        return inverse.stream()
                .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    private int[] topologicalOrder() {
        int[] open = new int[size()];
        int[] order = new int[size()];
        int filled = 0;
        for (int i = 0; i < size(); i++) {
            open[i] = sources[i].length;
            if (open[i] == 0) {
                order[filled++] = i;
            }
        }
        for (int next = 0; next < filled; next++) {
            for (int target : targets[order[next]]) {
                if (--open[target] == 0) {
                    order[filled++] = target;
                }
            }
        }
        if (filled < size()) {
            throw new IllegalArgumentException("Expected a graph without cycles, but found one");
        }
        return order;
    }
}
