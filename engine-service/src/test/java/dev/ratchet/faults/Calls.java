package dev.ratchet.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The tasks of a run that call the ledger, by the names that they have in the run, each with those that must have answered
 * before it. The names of what is inside loops and maps (one level deep) are the run's to tell; what they are is the
 * document's.
 */
record Calls(List<String> top, Map<String, List<String>> all) {
    private static final Pattern INSIDE = Pattern.compile("(.+)\\[(\\d+)]\\.(.+)");

    static Calls of(JsonNode document, JsonNode run) {
        Map<String, List<String>> all = new TreeMap<>();
        Map<String, JsonNode> holders = new HashMap<>();
        for (JsonNode task : document.path("tasks")) {
            if (isCall(task)) {
                all.put(task.path("id").asText(), deps(task, ""));
            } else if (task.has("body")) {
                holders.put(task.path("id").asText(), task);
            }
        }
        List<String> top = List.copyOf(all.keySet());
        run.path("tasks").fieldNames().forEachRemaining(name -> {
            Matcher inside = INSIDE.matcher(name);
            if (inside.matches() && holders.containsKey(inside.group(1))) {
                addInside(inside, holders.get(inside.group(1)), run, all);
            }
        });
        all.values().forEach(deps -> deps.removeIf(dep -> !all.containsKey(dep)));
        return new Calls(top, all);
    }

    private static void addInside(Matcher name, JsonNode holder, JsonNode run, Map<String, List<String>> all) {
        int number = Integer.parseInt(name.group(2));
        for (JsonNode task : holder.path("body")) {
            if (isCall(task) && task.path("id").asText().equals(name.group(3))) {
                List<String> deps = deps(task, name.group(1) + "[" + number + "].");
                if (holder.path("type").asText().equals("loop")) {
                    callBefore(name.group(1), number, name.group(3), run).ifPresent(deps::add);
                }
                all.put(name.group(), deps);
            }
        }
    }

    /** That of the last turn in which it was not skipped. */
    private static Optional<String> callBefore(String loop, int turn, String id, JsonNode run) {
        return IntStream.iterate(turn - 1, before -> before >= 0, before -> before - 1)
                .mapToObj(before -> loop + "[" + before + "]." + id)
                .filter(call ->
                        !run.path("tasks").path(call).path("state").asText().equals("skipped"))
                .findFirst();
    }

    private static List<String> deps(JsonNode task, String scope) {
        List<String> deps = new ArrayList<>();
        task.path("deps").forEach(dep -> deps.add(scope + dep.asText()));
        return deps;
    }

    private static boolean isCall(JsonNode task) {
        return task.path("type").asText().equals("http");
    }
}
