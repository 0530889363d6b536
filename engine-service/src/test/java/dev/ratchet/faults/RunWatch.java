package dev.ratchet.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A reader that follows a run all the time, puts together what it is told bit by bit, and notes whatever goes back
 * (invariants I11 and I13 of {@code docs/reliability.md}). Reads that fail are part of the day.
 */
final class RunWatch implements AutoCloseable {
    private static final List<String> ORDER = List.of("pending", "running", "paused", "aborting");
    private static final Set<String> RUN_ENDED = Set.of("completed", "failed", "aborted", "exhausted");
    private static final Set<String> TASK_ENDED = Set.of("completed", "failed", "skipped", "cancelled");

    private final EngineApi api;
    private final String run;
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final Map<String, JsonNode> tasks = new TreeMap<>();
    private final Thread reader;
    private volatile boolean stopped;
    private long version;
    private String state = "pending";
    private long reads;

    RunWatch(EngineApi api, String run) {
        this.api = api;
        this.run = run;
        this.reader = Thread.ofVirtual().start(this::follow);
    }

    /** Waits until the reader has seen the end, and holds what it put together against a last look at the whole. */
    void checkAgainst(JsonNode whole) {
        try {
            assertThat(reader.join(Duration.ofSeconds(30)))
                    .as("the reader of %s has seen its end; it is at %s, version %d", run, state, version)
                    .isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        assertThat(complaints).as("what readers of %s were told", run).isEmpty();
        assertThat(reads).isPositive();
        assertThat(state).isEqualTo(whole.path("state").asText());
        assertThat(version).isEqualTo(whole.path("version").asLong());
        Map<String, JsonNode> all = new TreeMap<>();
        whole.path("tasks").properties().forEach(each -> all.put(each.getKey(), each.getValue()));
        assertThat(tasks).isEqualTo(all);
    }

    @Override
    public void close() {
        stopped = true;
        reader.interrupt();
    }

    private void follow() {
        while (!stopped && !RUN_ENDED.contains(state)) {
            String path =
                    version == 0 ? "/runs/" + run : "/runs/" + run + "?since=" + version + "&until=change&wait_ms=2000";
            try {
                EngineApi.Answer answer = api.get(path, 10);
                if (answer.status() == 200 && answer.body().has("version")) {
                    take(answer.body());
                }
            } catch (IOException away) {
                // it comes back, or the test says that it did not
            }
            Pause.of(Duration.ofMillis(100));
        }
    }

    private void take(JsonNode body) {
        reads++;
        long next = body.path("version").asLong();
        if (next < version) {
            complaints.add("version " + next + " after " + version);
        }
        String nextState = body.path("state").asText();
        if (ORDER.indexOf(nextState) >= 0 && ORDER.indexOf(nextState) < ORDER.indexOf(state)) {
            complaints.add("state " + nextState + " after " + state);
        }
        body.path("tasks").properties().forEach(each -> take(each.getKey(), each.getValue()));
        version = next;
        state = nextState;
    }

    private void take(String task, JsonNode next) {
        JsonNode before = tasks.getOrDefault(task, Json.mapper().createObjectNode());
        if (TASK_ENDED.contains(before.path("state").asText()) && !before.equals(next)) {
            complaints.add(task + " is " + next + " after " + before);
        }
        if (next.path("attempts").asInt() < before.path("attempts").asInt()) {
            complaints.add(task + " has " + next.path("attempts") + " attempts after " + before.path("attempts"));
        }
        tasks.put(task, next);
    }
}
