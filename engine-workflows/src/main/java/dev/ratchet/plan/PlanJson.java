package dev.ratchet.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The JSON form of a plan. Memory that all prompts share, as a run's memory is, stands in it once, not in every task.
 *
 * @param memory what the memory of each prepared task begins with
 * @param root the nodes of the root scope, that memory taken away
 */
record PlanJson(
        PlanPolicy policy,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> memory,
        List<Node> root) {
    PlanJson {
        memory = memory == null ? List.of() : List.copyOf(memory);
        root = List.copyOf(root);
    }

    static PlanJson of(Plan plan) {
        List<Node> nodes = plan.root().nodes();
        List<String> shared = shared(nodes);
        int size = shared.size();
        return new PlanJson(
                plan.policy(),
                shared,
                size == 0 ? nodes : mapped(nodes, memory -> memory.subList(size, memory.size())));
    }

    Plan plan() {
        List<Node> nodes = memory.isEmpty()
                ? root
                : mapped(root, own -> {
                    List<String> all = new ArrayList<>(memory);
                    all.addAll(own);
                    return all;
                });
        return new Plan(policy, new Scope(nodes));
    }

    private static List<Node> mapped(List<Node> nodes, UnaryOperator<List<String>> change) {
        return nodes.stream()
                .map(node -> isPrepared(node)
                        ? node.withTask(
                                node.task().withMemory(change.apply(node.task().memory())))
                        : node)
                .toList();
    }

    private static List<String> shared(List<Node> nodes) {
        List<String> shared = null;
        for (Node node : nodes) {
            if (isPrepared(node)) {
                List<String> memory = node.task().memory();
                shared = shared == null ? memory : shared.subList(0, same(shared, memory));
            }
        }
        return shared == null ? List.of() : shared;
    }

    private static int same(List<String> some, List<String> others) {
        int same = 0;
        while (same < Math.min(some.size(), others.size()) && some.get(same).equals(others.get(same))) {
            same++;
        }
        return same;
    }

    private static boolean isPrepared(Node node) {
        return node.mode() == Policies.ExecutionMode.PREPARED;
    }
}
