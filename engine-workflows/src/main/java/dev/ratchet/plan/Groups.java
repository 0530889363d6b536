package dev.ratchet.plan;

import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Problems;
import dev.ratchet.document.TaskDocument;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether the groups of an acyclic graph can each be run in one piece: nothing in them parks, all go to the same workers,
 * and none needs something from outside that itself needs the group. The last is a cycle of the graph in which each
 * group is drawn as one box.
 */
final class Groups {
    private final Links links;
    private final Problems problems;
    private final Map<String, List<Integer>> members = new LinkedHashMap<>();

    Groups(Links links, Problems problems) {
        this.links = links;
        this.problems = problems;
        for (int i = 0; i < links.size(); i++) {
            String group = links.task(i).options().group();
            if (group != null) {
                members.computeIfAbsent(group, name -> new ArrayList<>()).add(i);
            }
        }
    }

    /** @param acyclic whether the graph has no cycle: else boxes say nothing */
    void check(TaskType.Catalogue types, boolean acyclic) {
        members.forEach((group, tasks) -> tasks.forEach(task -> checkMember(group, links.task(task), types)));
        members.forEach(this::checkQueue);
        if (acyclic && members.values().stream().anyMatch(tasks -> tasks.size() > 1)) {
            checkBoxes();
        }
    }

    private void checkMember(String group, TaskDocument task, TaskType.Catalogue types) {
        TaskType type = task.type() == null ? null : types.find(task.type().value());
        if (type != null && !(type.groupable() && type.mode().travelsInGroups())) {
            problems.add(
                    task.at("group"),
                    ErrorCode.DAG_INVALID,
                    "Expected the tasks of group '" + group + "' to be of types that can travel together, but '"
                            + task.id() + "' is of type " + type.name());
        }
    }

    private void checkQueue(String group, List<Integer> tasks) {
        String queue = queue(tasks.get(0));
        for (int task : tasks) {
            if (!queue(task).equals(queue)) {
                problems.add(
                        links.task(task).at("group"),
                        ErrorCode.DAG_INVALID,
                        "Expected the tasks of group '" + group + "' to have one task_queue, but '"
                                + links.task(task).id() + "' has another than '"
                                + links.task(tasks.get(0)).id() + "'");
            }
        }
    }

    private String queue(int task) {
        String queue = links.task(task).options().taskQueue();
        return queue == null ? "" : queue;
    }

    private void checkBoxes() {
        int[] boxOf = new int[links.size()];
        int boxes = 0;
        Map<String, Integer> boxOfGroup = new HashMap<>();
        for (int i = 0; i < boxOf.length; i++) {
            String group = links.task(i).options().group();
            Integer known = group == null ? null : boxOfGroup.get(group);
            boxOf[i] = known == null ? boxes++ : known;
            if (group != null) {
                boxOfGroup.put(group, boxOf[i]);
            }
        }
        int[][] sources = sources(boxOf, boxes);
        int[] component = new Components(sources).ofEach();
        int[] size = new int[boxes];
        Arrays.stream(component).forEach(number -> size[number]++);
        boolean[] reported = new boolean[boxes];
        members.forEach((group, tasks) -> {
            int box = boxOf[tasks.get(0)];
            if (size[component[box]] > 1 && !reported[component[box]]) {
                reported[component[box]] = true;
                report(group, tasks.get(0), wayBack(box, sources, component), boxOf);
            }
        });
    }

    private int[][] sources(int[] boxOf, int boxes) {
        List<List<Integer>> sources = new ArrayList<>(boxes);
        for (int box = 0; box < boxes; box++) {
            sources.add(new ArrayList<>(2));
        }
        for (int i = 0; i < boxOf.length; i++) {
            for (int source : links.sources(i)) {
                if (boxOf[source] != boxOf[i]) {
                    sources.get(boxOf[i]).add(boxOf[source]);
                }
            }
        }
        return sources.stream()
                .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    /** The shortest way from a box back to itself, against the edges; it exists, as the box is on a cycle. */
    private static Deque<Integer> wayBack(int box, int[][] sources, int[] component) {
        int[] next = new int[sources.length];
        Arrays.fill(next, -1);
        Deque<Integer> open = new ArrayDeque<>(List.of(box));
        while (next[box] < 0) {
            int at = open.remove();
            for (int source : sources[at]) {
                if (component[source] == component[box] && next[source] < 0) {
                    next[source] = at;
                    open.add(source);
                }
            }
        }
        Deque<Integer> way = new ArrayDeque<>(List.of(box));
        for (int at = next[box]; at != box; at = next[at]) {
            way.add(at);
        }
        return way;
    }

    private void report(String group, int first, Deque<Integer> way, int[] boxOf) {
        Map<Integer, String> names = new HashMap<>();
        for (int i = 0; i < boxOf.length; i++) {
            @Nullable String other = links.task(i).options().group();
            names.putIfAbsent(boxOf[i], other == null ? links.task(i).id() : "group " + other);
        }
        StringBuilder path = new StringBuilder();
        way.stream().limit(40).forEach(box -> path.append(names.get(box)).append(" → "));
        problems.add(
                links.task(first).at("group"),
                ErrorCode.DAG_INVALID,
                "Expected group '" + group + "' to need nothing from outside that needs the group itself, but it does: "
                        + path + "group " + group);
    }
}
