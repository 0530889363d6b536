package dev.ratchet.service.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Follows a run until it has ended. */
final class Watching {
    private static final Set<String> ENDED = Set.of("completed", "failed", "aborted", "exhausted");
    private static final long PAUSE_MS = 500;

    private final EngineClient client;
    private final String id;
    private final @Nullable String organization;

    Watching(EngineClient client, JsonNode run) {
        this.client = client;
        this.id = run.path("id").asText();
        this.organization = run.path("organization").asText("default");
    }

    /** Shows each change and returns the run as it ended. */
    JsonNode untilEnd(JsonNode first, Display display) throws InterruptedException {
        JsonNode run = first;
        while (!hasEnded(run)) {
            display.update(run);
            if (run.path("degraded").asBoolean()) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
            }
            JsonNode next = client.get(path(
                    "wait_ms=20000",
                    "until=change",
                    "since=" + run.path("version").asLong()));
            run = merged(run, next);
        }
        return run;
    }

    /** Waits without a word. */
    JsonNode untilEnd(JsonNode first) {
        JsonNode run = first;
        while (!hasEnded(run)) {
            run = client.get(path("wait_ms=30000", "until=terminal"));
        }
        return run;
    }

    /** Who waits for a change is told of the changed tasks only; the others are as they were. */
    private static JsonNode merged(JsonNode before, JsonNode after) {
        if (after instanceof ObjectNode run && before.path("tasks") instanceof ObjectNode known) {
            ObjectNode tasks = known.deepCopy();
            after.path("tasks").properties().forEach(task -> tasks.set(task.getKey(), task.getValue()));
            run.set("tasks", tasks);
        }
        return after;
    }

    static boolean hasEnded(JsonNode run) {
        return ENDED.contains(run.path("state").asText());
    }

    /** The exit status that tells a script how the run ended. */
    static int exitStatus(JsonNode run) {
        return switch (run.path("state").asText()) {
            case "completed" -> ExitStatus.COMPLETED;
            case "aborted" -> ExitStatus.ABORTED;
            default -> ExitStatus.FAILED;
        };
    }

    private String path(String... parameters) {
        return RunOptions.pathOf(id, organization, "", parameters);
    }
}
