package dev.ratchet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the API said of a run. */
record RunAnswer(JsonNode json) {
    private static final Set<String> TERMINAL = Set.of("completed", "failed", "aborted", "exhausted");
    private static final Set<String> SETTLED = Set.of("completed", "failed", "skipped", "cancelled");

    String state() {
        return json.path("state").asText();
    }

    boolean isTerminal() {
        return TERMINAL.contains(state());
    }

    static boolean isSettled(String taskState) {
        return SETTLED.contains(taskState);
    }

    /** Whether no worker could answer for the run, as while it goes on as a new execution. */
    boolean isDegraded() {
        return json.path("degraded").asBoolean();
    }

    long version() {
        assertThat(json.path("version").isIntegralNumber())
                .as("version in %s", json)
                .isTrue();
        return json.path("version").asLong();
    }

    int batches() {
        return json.path("batches").asInt();
    }

    JsonNode task(String id) {
        return json.path("tasks").path(id);
    }

    String state(String id) {
        return task(id).path("state").asText();
    }

    /** In the order of the answer. */
    List<String> ids() {
        List<String> ids = new ArrayList<>();
        json.path("tasks").fieldNames().forEachRemaining(ids::add);
        return ids;
    }

    /** By id, in the order of the answer. */
    Map<String, String> states() {
        Map<String, String> states = new LinkedHashMap<>();
        json.path("tasks")
                .properties()
                .forEach(task ->
                        states.put(task.getKey(), task.getValue().path("state").asText()));
        return states;
    }

    long startedAt(String id) {
        return time(id, "started_at");
    }

    long endedAt(String id) {
        return time(id, "ended_at");
    }

    boolean hasStarted(String id) {
        return task(id).has("started_at");
    }

    private long time(String id, String field) {
        assertThat(task(id).path(field).isIntegralNumber())
                .as("%s of %s: %s", field, id, task(id))
                .isTrue();
        return task(id).path(field).asLong();
    }

    /** The run must have completed, and all its tasks with it. */
    RunAnswer completed() {
        assertThat(state()).as("%s", json.path("error")).isEqualTo("completed");
        assertThat(states().values()).containsOnly("completed");
        return this;
    }

    /** The run must have completed, and all its tasks but one with it. */
    RunAnswer completedBut(String failed) {
        assertThat(state()).as("%s", json.path("error")).isEqualTo("completed");
        assertThat(states())
                .allSatisfy(
                        (id, state) -> assertThat(state).as(id).isEqualTo(id.equals(failed) ? "failed" : "completed"));
        return this;
    }
}
