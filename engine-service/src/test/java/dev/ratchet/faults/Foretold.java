package dev.ratchet.faults;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What becomes of a drawn run that nobody meddles with, written from {@code docs/semantics.md} and from nothing of the engine:
 * the states of its tasks under {@code skip_dependents}, and its own.
 *
 * @param tasks states by id
 */
record Foretold(String state, Map<String, String> tasks) {
    private static final String UPSTREAM = "upstream_failure";

    /** @param tasks each after those that it depends on */
    static Foretold of(List<DrawnTask> tasks) {
        Map<String, String> ends = new LinkedHashMap<>();
        Set<String> harmful = new HashSet<>();
        for (DrawnTask task : tasks) {
            List<String> failed = sources(task, ends, "failed");
            int live = sources(task, ends, "live").size();
            if (!runs(task, failed.size(), live)) {
                ends.put(task.id(), failed.isEmpty() ? "skipped" : UPSTREAM);
                if (failed.stream().anyMatch(harmful::contains)) {
                    harmful.add(task.id());
                }
            } else if (!task.wanted()) {
                ends.put(task.id(), "skipped");
            } else {
                ends.put(task.id(), task.fails() ? "failed" : "completed");
                if (task.fails() && !task.allowFailure()) {
                    harmful.add(task.id());
                }
            }
        }
        Map<String, String> states = new TreeMap<>();
        ends.forEach((id, end) -> states.put(id, end.equals(UPSTREAM) ? "skipped" : end));
        return new Foretold(harmful.isEmpty() ? "completed" : "failed", states);
    }

    private static List<String> sources(DrawnTask task, Map<String, String> ends, String kind) {
        return task.edges().stream()
                .filter(edge -> kind(edge, ends.getOrDefault(edge.source(), "")).equals(kind))
                .map(DrawnTask.Edge::source)
                .toList();
    }

    private static String kind(DrawnTask.Edge edge, String end) {
        return switch (end) {
            case "completed" -> edge.holds() ? "live" : "untaken";
            case "failed", UPSTREAM -> "failed";
            default -> "untaken";
        };
    }

    private static boolean runs(DrawnTask task, int failed, int live) {
        return switch (task.rule()) {
            case "all_done" -> true;
            case "any_failed" -> failed > 0;
            case "any_success" -> live > 0 || task.edges().isEmpty();
            case "all_success" -> live == task.edges().size();
            default -> task.edges().isEmpty() || (failed == 0 && live > 0);
        };
    }
}
