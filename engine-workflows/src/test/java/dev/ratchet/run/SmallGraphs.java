package dev.ratchet.run;

import java.util.ArrayList;
import java.util.List;

/** All labelled graphs without cycles, of a few nodes. */
final class SmallGraphs {
    private SmallGraphs() {}

    /** For each graph the sources of each node, as sets of bits. There are 1, 3, 25 and 543 of one to four nodes. */
    static List<int[]> ofSize(int nodes) {
        List<int[]> graphs = new ArrayList<>();
        collect(nodes, new int[nodes], 0, graphs);
        return graphs;
    }

    private static void collect(int nodes, int[] sources, int node, List<int[]> graphs) {
        if (node == nodes) {
            if (isAcyclic(sources)) {
                graphs.add(sources.clone());
            }
            return;
        }
        for (int set = 0; set < 1 << nodes; set++) {
            if ((set >> node & 1) == 0) {
                sources[node] = set;
                collect(nodes, sources, node + 1, graphs);
            }
        }
    }

    private static boolean isAcyclic(int[] sources) {
        int removed = 0;
        for (int round = 0; round < sources.length; round++) {
            for (int node = 0; node < sources.length; node++) {
                if ((sources[node] & ~removed) == 0) {
                    removed |= 1 << node;
                }
            }
        }
        return removed == (1 << sources.length) - 1;
    }
}
