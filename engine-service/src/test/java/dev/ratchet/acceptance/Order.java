package dev.ratchet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the times of a run's tasks must show, whatever it was that ran. */
final class Order {
    private final Map<String, List<String>> deps = new HashMap<>();
    private final RunAnswer run;

    private Order(JsonNode document, RunAnswer run) {
        this.run = run;
        for (JsonNode task : document.path("tasks")) {
            List<String> sources = new ArrayList<>();
            task.path("deps")
                    .forEach(dep -> sources.add(
                            dep.isTextual() ? dep.asText() : dep.path("task").asText()));
            deps.put(task.path("id").asText(), sources);
        }
    }

    /** @param document written with {@code tasks} */
    static Order of(JsonNode document, RunAnswer run) {
        return new Order(document, run);
    }

    /** No task started before all that it depends on had ended. */
    Order isTopological() {
        deps.forEach((id, sources) -> {
            if (run.hasStarted(id)) {
                sources.forEach(source -> assertThat(run.startedAt(id))
                        .as("%s starts after %s ended", id, source)
                        .isGreaterThanOrEqualTo(run.endedAt(source)));
            }
        });
        return this;
    }

    /** Each level of the graph was one batch: it began when all of the level before had ended. */
    Order hasLevels(List<Integer> widths) {
        SortedMap<Integer, List<String>> levels = levels();
        assertThat(levels.values()).extracting(List::size).isEqualTo(widths);
        assertThat(run.batches()).isEqualTo(widths.size());
        for (int level = 1; level < widths.size(); level++) {
            long ended =
                    levels.get(level - 1).stream().mapToLong(run::endedAt).max().orElseThrow();
            assertThat(levels.get(level))
                    .allSatisfy(id -> assertThat(run.startedAt(id)).isGreaterThanOrEqualTo(ended));
        }
        return this;
    }

    /** At no time more tasks ran than may. */
    Order isNoWiderThan(int parallelism) {
        SortedMap<Long, Integer> changes = new TreeMap<>();
        for (String id : deps.keySet()) {
            if (run.hasStarted(id)) {
                changes.merge(run.startedAt(id), 1, Integer::sum);
                changes.merge(Math.max(run.endedAt(id), run.startedAt(id)), -1, Integer::sum);
            }
        }
        int running = 0;
        for (int change : changes.values()) {
            running += change;
            assertThat(running).isLessThanOrEqualTo(parallelism);
        }
        return this;
    }

    /** Ids by the length of the longest path to them. */
    private SortedMap<Integer, List<String>> levels() {
        Map<String, Integer> known = new HashMap<>();
        SortedMap<Integer, List<String>> levels = new TreeMap<>();
        for (String id : deps.keySet()) {
            levels.computeIfAbsent(level(id, known), level -> new ArrayList<>()).add(id);
        }
        return levels;
    }

    private int level(String id, Map<String, Integer> known) {
        Integer before = known.get(id);
        if (before != null) {
            return before;
        }
        int level = 0;
        for (String source : deps.getOrDefault(id, List.of())) {
            level = Math.max(level, level(source, known) + 1);
        }
        known.put(id, level);
        return level;
    }
}
