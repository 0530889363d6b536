package dev.ratchet.faults;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What one reader of a run was told, bit by bit, put together; and whatever went back on the way (invariants I11 and I13 of
 * {@code docs/reliability.md}). Not thread-safe.
 */
final class RunReads {
    private static final List<String> ORDER = List.of("pending", "running", "aborting");
    private static final Set<String> RUN_ENDED = Set.of("completed", "failed", "aborted", "exhausted");
    private static final Set<String> TASK_ENDED = Set.of("completed", "failed", "skipped", "cancelled");

    private final Map<String, JsonNode> tasks = new TreeMap<>();
    private final List<String> complaints = new ArrayList<>();
    private long version;
    private long reads;
    private String state = "pending";

    /** Takes an answer in: the whole run, or what changed since {@link #version}. */
    void take(JsonNode answer) {
        reads++;
        long next = answer.path("version").asLong();
        if (next < version) {
            complaints.add("version " + next + " after " + version);
        }
        takeState(answer.path("state").asText());
        answer.path("tasks").properties().forEach(each -> takeTask(each.getKey(), each.getValue()));
        version = next;
    }

    private void takeState(String next) {
        boolean back = ORDER.contains(next) && ORDER.indexOf(next) < ORDER.indexOf(state);
        if (back || (isEnded() && !next.equals(state))) {
            complaints.add("state " + next + " after " + state);
        }
        state = next;
    }

    private void takeTask(String task, JsonNode next) {
        JsonNode before = tasks.getOrDefault(task, Json.mapper().createObjectNode());
        if (TASK_ENDED.contains(before.path("state").asText()) && !TaskAnswer.areSame(before, next)) {
            complaints.add(task + " is " + next + " after " + before);
        }
        if (next.path("attempts").asInt() < before.path("attempts").asInt()) {
            complaints.add(task + " has " + next.path("attempts") + " attempts after " + before.path("attempts"));
        }
        tasks.put(task, next);
    }

    boolean isEnded() {
        return RUN_ENDED.contains(state);
    }

    /** How many tasks it has been told of. */
    int size() {
        return tasks.size();
    }

    /** Of the last answer; 0 before the first. */
    long version() {
        return version;
    }

    /** All violations in words, compared with a last look at the whole run. */
    List<String> violations(JsonNode whole) {
        List<String> all = new ArrayList<>(complaints);
        if (reads == 0) {
            all.add("nothing was ever answered");
        }
        if (version != whole.path("version").asLong()
                || !state.equals(whole.path("state").asText())) {
            all.add("a reader ended with " + state + " at " + version + ", but it is " + whole);
        }
        Map<String, JsonNode> told = new TreeMap<>();
        whole.path("tasks").properties().forEach(each -> told.put(each.getKey(), each.getValue()));
        if (!tasks.keySet().equals(told.keySet())
                || !tasks.keySet().stream().allMatch(task -> TaskAnswer.areSame(tasks.get(task), told.get(task)))) {
            all.add("a reader put " + tasks + " together, but the whole is " + told);
        }
        return all;
    }
}
