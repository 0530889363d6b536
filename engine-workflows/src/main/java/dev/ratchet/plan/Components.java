package dev.ratchet.plan;

import java.util.Arrays;

/** The strongly connected components of a graph, by Tarjan's algorithm with its own stack in place of recursion. */
final class Components {
    private final int[][] next;
    private final int[] component;
    private final int[] index;
    private final int[] low;
    private final int[] path;
    private final int[] open;
    private final int[] position;
    private int opened;
    private int visited;
    private int components;

    /** @param next for each vertex those it leads to */
    Components(int[][] next) {
        this.next = next;
        this.component = new int[next.length];
        this.index = new int[next.length];
        this.low = new int[next.length];
        this.path = new int[next.length];
        this.open = new int[next.length];
        this.position = new int[next.length];
        Arrays.fill(component, -1);
        Arrays.fill(index, -1);
    }

    /** For each vertex the number of its component. */
    int[] ofEach() {
        for (int vertex = 0; vertex < next.length; vertex++) {
            if (index[vertex] < 0) {
                walk(vertex);
            }
        }
        return component;
    }

    private void walk(int root) {
        int depth = 0;
        path[0] = enter(root);
        while (depth >= 0) {
            int at = path[depth];
            if (position[at] < next[at].length) {
                int to = next[at][position[at]++];
                if (index[to] < 0) {
                    path[++depth] = enter(to);
                } else if (component[to] < 0) {
                    low[at] = Math.min(low[at], index[to]);
                }
            } else {
                close(at);
                depth--;
                if (depth >= 0) {
                    low[path[depth]] = Math.min(low[path[depth]], low[at]);
                }
            }
        }
    }

    private int enter(int vertex) {
        index[vertex] = visited;
        low[vertex] = visited++;
        open[opened++] = vertex;
        return vertex;
    }

    private void close(int vertex) {
        if (low[vertex] != index[vertex]) {
            return;
        }
        int member;
        do {
            member = open[--opened];
            component[member] = components;
        } while (member != vertex);
        components++;
    }
}
