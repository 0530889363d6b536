package dev.ratchet.plan;

import dev.ratchet.document.EdgeDocument;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Problems;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * An order in which every task comes after its sources, as far as there is one: tasks on cycles and behind them have no
 * place in it. No recursion, one visit for each edge.
 */
final class Order {
    private static final int SHOWN = 40;

    private final Links links;
    private final int[] order;
    private final int placed;
    private final boolean[] isPlaced;

    Order(Links links) {
        this.links = links;
        this.order = new int[links.size()];
        this.isPlaced = new boolean[links.size()];
        this.placed = fill(targets());
    }

    /** Tasks in order; only those that have a place. */
    int[] placed() {
        return Arrays.copyOf(order, placed);
    }

    boolean isComplete() {
        return placed == order.length;
    }

    private int fill(int[][] targets) {
        int[] open = new int[order.length];
        int filled = 0;
        for (int i = 0; i < open.length; i++) {
            open[i] = links.sources(i).length;
            if (open[i] == 0) {
                order[filled++] = i;
            }
        }
        for (int next = 0; next < filled; next++) {
            isPlaced[order[next]] = true;
            for (int target : targets[order[next]]) {
                if (--open[target] == 0) {
                    order[filled++] = target;
                }
            }
        }
        return filled;
    }

    private int[][] targets() {
        int[] counts = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            for (int source : links.sources(i)) {
                counts[source]++;
            }
        }
        int[][] targets = new int[order.length][];
        for (int i = 0; i < order.length; i++) {
            targets[i] = new int[counts[i]];
        }
        for (int i = 0; i < order.length; i++) {
            for (int source : links.sources(i)) {
                targets[source][--counts[source]] = i;
            }
        }
        return targets;
    }

    /** Reports one cycle, when there is one, as a path in the direction of the edges. */
    void reportCycle(Problems problems) {
        if (isComplete()) {
            return;
        }
        Deque<Integer> cycle = cycle();
        int first = cycle.stream().min(Integer::compare).orElseThrow();
        while (cycle.element() != first) {
            cycle.add(cycle.remove());
        }
        problems.add(
                closing(first, cycle.getLast()),
                ErrorCode.DAG_CYCLE,
                "Expected a graph without cycles, but there is one: " + path(cycle, first));
    }

    /** Walks against the edges from any task without a place; each has such a source, so the walk must meet itself. */
    private Deque<Integer> cycle() {
        int at = 0;
        while (isPlaced[at]) {
            at++;
        }
        boolean[] seen = new boolean[order.length];
        Deque<Integer> walk = new ArrayDeque<>();
        while (!seen[at]) {
            seen[at] = true;
            walk.addFirst(at);
            at = unplacedSource(at);
        }
        while (walk.getLast() != at) {
            walk.removeLast();
        }
        return walk;
    }

    private int unplacedSource(int task) {
        return Arrays.stream(links.sources(task))
                .filter(source -> !isPlaced[source])
                .findFirst()
                .orElseThrow();
    }

    private String closing(int first, int last) {
        String from = links.task(last).id();
        return links.incoming(first).stream()
                .filter(edge -> edge.from().value().equals(from))
                .map(EdgeDocument::pointer)
                .findFirst()
                .orElseThrow();
    }

    private String path(Deque<Integer> cycle, int first) {
        StringBuilder path = new StringBuilder();
        int shown = 0;
        for (int task : cycle) {
            if (++shown > SHOWN) {
                path.append("… (").append(cycle.size() - SHOWN).append(" more) → ");
                break;
            }
            path.append(links.task(task).id()).append(" → ");
        }
        return path.append(links.task(first).id()).toString();
    }
}
